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
        return windows.restore(starts, model.predict(windows.inputs(starts)).toArray());
    }
}
