package dev.gatun.data;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/** "Tomorrow is as today": repeats each target's last known value. */
public final class Persistence implements Forecast {

    /** The baseline that needs no fit. */
    public Persistence() {}

    @Override
    public String name() {
        return "persistence";
    }

    /** @throws IllegalArgumentException if a target is no column of the series */
    @Override
    public double[][] of(Windows windows, int[] starts) {
        Arguments.required(windows, "Persistence.of", "windows", "windows over a series");
        Arguments.required(starts, "Persistence.of", "starts", "first rows of windows");
        WindowSpec spec = windows.spec();
        int[] columns = windows.series().indices(spec.targets());
        return Arrays.stream(starts).mapToObj(start -> {
            double[] forecast = new double[spec.outputs()];
            for (int i = 0; i < forecast.length; i++) {
                forecast[i] = windows.series().value(start + spec.window() - 1, columns[i % columns.length]);
            }
            return forecast;
        }).toArray(double[][]::new);
    }
}
