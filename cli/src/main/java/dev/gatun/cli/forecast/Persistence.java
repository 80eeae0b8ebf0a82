package dev.gatun.cli.forecast;

import java.util.Arrays;

/** "Tomorrow is as today": repeats each target's last known value. */
public final class Persistence implements Forecast {

    @Override
    public String name() {
        return "persistence";
    }

    @Override
    public double[][] of(Windows windows, int[] starts) {
        Recipe recipe = windows.recipe();
        int[] columns = windows.series().indices(recipe.targets());
        return Arrays.stream(starts).mapToObj(start -> {
            double[] last = windows.series().values()[start + recipe.window() - 1];
            double[] forecast = new double[recipe.outputs()];
            for (int i = 0; i < forecast.length; i++) {
                forecast[i] = last[columns[i % columns.length]];
            }
            return forecast;
        }).toArray(double[][]::new);
    }
}
