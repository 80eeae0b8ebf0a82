package dev.gatun.cli.forecast;

import dev.gatun.layers.model.Model;

/** A model's forecasts, back in the table's unit. */
public final class ModelForecast implements Forecast {

    private final Model model;

    public ModelForecast(Model model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "LSTM";
    }

    @Override
    public double[][] of(Windows windows, int[] starts) {
        Recipe recipe = windows.recipe();
        float[] raw = model.predict(windows.inputs(starts)).toArray();
        double[][] forecasts = new double[starts.length][recipe.outputs()];
        for (int i = 0; i < raw.length; i++) {
            int output = i % recipe.outputs();
            forecasts[i / recipe.outputs()][output] = recipe.targetScaling()
                    .restore(raw[i], output % recipe.targets().size());
        }
        return forecasts;
    }
}
