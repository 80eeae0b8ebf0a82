package dev.gatun.data;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * What a forecaster sees of a series and what it forecasts: W rows of C inputs, then H rows of K targets.
 *
 * @param inputs        columns the model sees, C of them
 * @param targets       columns it forecasts, K of them
 * @param window        W, rows the model sees
 * @param horizon       H, rows it forecasts at once
 * @param isRelative    whether the model sees and forecasts changes against the window's last row, not levels
 * @param inputScaling  of the inputs
 * @param targetScaling of the targets
 */
public record WindowSpec(List<String> inputs, List<String> targets, int window, int horizon, boolean isRelative,
        Scaling inputScaling, Scaling targetScaling) {

    /**
     * Checks the parts, and keeps copies of the lists.
     *
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if a size is not above 0, or a scaling is for another number of columns
     */
    public WindowSpec {
        Arguments.all(inputs, "WindowSpec", "inputs", "names of the columns that the model sees");
        Arguments.all(targets, "WindowSpec", "targets", "names of the columns that it forecasts");
        Arguments.required(inputScaling, "WindowSpec", "inputScaling", "Scaling.none(columns) for none");
        Arguments.required(targetScaling, "WindowSpec", "targetScaling", "Scaling.none(columns) for none");
        if (window < 1 || horizon < 1 || inputs.isEmpty() || targets.isEmpty()) {
            throw new IllegalArgumentException("a window of " + window + " rows of " + inputs.size() + " columns and a"
                    + " horizon of " + horizon + " rows of " + targets.size() + " columns; give at least 1 of each");
        }
        if ((long) horizon * targets.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a horizon of " + horizon + " rows of " + targets.size()
                    + " columns has more numbers than a forecast can; give a smaller one");
        }
        if (inputScaling.columns() != inputs.size() || targetScaling.columns() != targets.size()) {
            throw new IllegalArgumentException("scalings of " + inputScaling.columns() + " and "
                    + targetScaling.columns() + " columns for " + inputs.size() + " inputs and " + targets.size()
                    + " targets; give one that fits each");
        }
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
    }

    /**
     * Levels, not scaled yet: {@link #fitted} does that.
     *
     * @param inputs  columns the model sees
     * @param targets columns it forecasts
     * @param window  W, rows the model sees
     * @param horizon H, rows it forecasts at once
     * @return to be fitted
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if a size is not above 0
     */
    public static WindowSpec of(List<String> inputs, List<String> targets, int window, int horizon) {
        Arguments.all(inputs, "WindowSpec.of", "inputs", "names of the columns that the model sees");
        Arguments.all(targets, "WindowSpec.of", "targets", "names of the columns that it forecasts");
        return new WindowSpec(inputs, targets, window, horizon, false, Scaling.none(inputs.size()),
                Scaling.none(targets.size()));
    }

    /**
     * The same, of changes against the window's last row instead of levels.
     *
     * @return to be fitted anew
     */
    public WindowSpec relative() {
        return new WindowSpec(inputs, targets, window, horizon, true, inputScaling, targetScaling);
    }

    /**
     * The same, with its scalings fitted on the first rows of a series, those a model may learn from.
     *
     * @param series with all columns
     * @param end    rows before this one are looked at, for example {@link TimeSplit#trainEnd}
     * @return scaled
     * @throws IllegalArgumentException if a column is not there, or the series has fewer rows
     */
    public WindowSpec fitted(Series series, int end) {
        Arguments.required(series, "WindowSpec.fitted", "series", "a series with all columns");
        int[] from = series.indices(inputs);
        int[] to = series.indices(targets);
        return new WindowSpec(inputs, targets, window, horizon, isRelative,
                isRelative ? Scaling.fitChanges(series, from, end, window) : Scaling.fit(series, from, end),
                isRelative ? Scaling.fitChanges(series, to, end, horizon) : Scaling.fit(series, to, end));
    }

    /** {@return the numbers of one forecast: H times K, step by step} */
    public int outputs() {
        return horizon * targets.size();
    }

    /** {@return inputs and targets, each column once} */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(inputs);
        targets.stream().filter(target -> !columns.contains(target)).forEach(columns::add);
        return columns;
    }

    /** {@return the columns a forecast is made from: the inputs, and the targets if their last values are built upon} */
    public List<String> needed() {
        return isRelative ? columns() : inputs;
    }
}
