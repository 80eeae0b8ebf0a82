package dev.gatun.cli.plot;

import dev.gatun.cli.forecast.ModelForecast;
import dev.gatun.data.Forecast;
import dev.gatun.data.LinearAutoregression;
import dev.gatun.data.Windows;
import dev.gatun.layers.model.Model;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Forecasts of rows whose values are known. With a horizon of several rows the windows follow each other without
 * overlap, so that each row has one forecast.
 *
 * @param windows   over the table
 * @param isHeldOut whether no model has learned from the rows
 * @param starts    of the windows
 * @param model     forecasts by the model
 * @param baseline  forecasts to compare it with, or null
 */
public record Hindcast(Windows windows, boolean isHeldOut, int[] starts, Made model, Made baseline) {

    /**
     * Forecasts of the windows.
     *
     * @param name   of who made them
     * @param values [N][H*K] in the table's unit, step by step
     */
    public record Made(String name, double[][] values) {

        static Made by(Forecast forecast, Windows windows, int[] starts) {
            return new Made(forecast.name(), starts.length == 0 ? new double[0][] : forecast.of(windows, starts));
        }
    }

    /**
     * The held-out rows of the table that a model was trained on, with the linear autoregression fitted on the rows
     * before them.
     *
     * @param windows over that table
     * @param testAt  first row held out
     * @param model   trained on the rows before
     * @return forecasts of the rows from {@code testAt} on
     */
    public static Hindcast heldOut(Windows windows, int testAt, Model model) {
        int[] starts = apart(windows, testAt);
        Made baseline = LinearAutoregression.fitted(windows, windows.scored(0, testAt))
                .map(regression -> Made.by(regression, windows, starts)).orElse(null);
        return new Hindcast(windows, true, starts, Made.by(ModelForecast.of(model), windows, starts), baseline);
    }

    /**
     * All rows of another table.
     *
     * @param windows over the table
     * @param model   trained on some rows
     * @return forecasts without a baseline, as there are no rows to fit one on
     */
    public static Hindcast of(Windows windows, Model model) {
        int[] starts = apart(windows, 0);
        return new Hindcast(windows, false, starts, Made.by(ModelForecast.of(model), windows, starts), null);
    }

    private static int[] apart(Windows windows, int from) {
        int horizon = windows.spec().horizon();
        int[] next = {Integer.MIN_VALUE};
        return Arrays.stream(windows.scored(from, windows.series().rows())).filter(start -> {
            boolean isFree = start >= next[0];
            next[0] = isFree ? start + horizon : next[0];
            return isFree;
        }).toArray();
    }

    /**
     * The last of its windows.
     *
     * @param rows how many rows they may forecast; one window stays in any case
     * @return the same forecasts, fewer of them
     */
    public Hindcast last(int rows) {
        int first = Math.max(0, starts.length - Math.max(1, rows / windows.spec().horizon()));
        return new Hindcast(
                windows, isHeldOut, Arrays.copyOfRange(starts, first, starts.length), last(model, first),
                baseline == null ? null : last(baseline, first));
    }

    private static Made last(Made made, int first) {
        return new Made(made.name(), Arrays.copyOfRange(made.values(), first, made.values().length));
    }

    /**
     * The rows that are forecast.
     *
     * @return in order
     */
    public int[] rows() {
        int horizon = windows.spec().horizon();
        int window = windows.spec().window();
        return Arrays.stream(starts).flatMap(start -> IntStream.range(start + window, start + window + horizon))
                .toArray();
    }

    /**
     * What was forecast for one target.
     *
     * @param made   by model or baseline
     * @param target index among the recipe's targets
     * @return a value for each of {@link #rows()}
     */
    public double[] values(Made made, int target) {
        int targets = windows.spec().targets().size();
        return Stream.of(made.values()).flatMapToDouble(row -> IntStream.range(0, row.length / targets)
                .mapToDouble(step -> row[step * targets + target])).toArray();
    }
}
