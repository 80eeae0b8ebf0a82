package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.Series;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Windows over a series: W rows of inputs, then H rows of targets. A window is known by its first row. */
public final class Windows {

    private final Series series;
    private final Recipe recipe;
    private final int[] inputColumns;
    private final int[] targetColumns;

    /** @param series holds the recipe's inputs; its targets too, if {@link #targets} is wanted */
    public Windows(Series series, Recipe recipe) {
        this.series = series;
        this.recipe = recipe;
        this.inputColumns = series.indices(recipe.inputs());
        this.targetColumns = series.indices(recipe.targets());
    }

    public Series series() {
        return series;
    }

    public Recipe recipe() {
        return recipe;
    }

    /**
     * Windows all of whose target rows lie in {@code [from,to)}, without a hole between their rows, without a gap in inputs
     * or targets, the targets' last known values included.
     */
    public int[] scored(int from, int to) {
        int window = recipe.window();
        long last = (long) to - window - recipe.horizon();
        return starts(Math.max(0, from - window), last)
                .filter(start -> series.timeline().isUnbroken(start, start + window + recipe.horizon() - 1)
                        && isComplete(start, start + window, inputColumns)
                        && isComplete(start + window - 1, start + window + recipe.horizon(), targetColumns))
                .toArray();
    }

    private static IntStream starts(int first, long last) {
        return last < first ? IntStream.empty() : IntStream.rangeClosed(first, (int) last);
    }

    /** Windows whose inputs are complete and without a hole between their rows, whether or not their targets are known. */
    public int[] complete() {
        return starts(0, (long) series.rows() - recipe.window())
                .filter(start -> series.timeline().isUnbroken(start, start + recipe.window() - 1)
                        && isComplete(start, start + recipe.window(), inputColumns)
                        && (!recipe.isRelative() || isComplete(
                                start + recipe.window() - 1, start + recipe.window(), targetColumns)))
                .toArray();
    }

    /** Windows of inputs, and of targets too if {@code horizon} rows follow, that a hole lies in. */
    public int broken(int horizon) {
        return (int) starts(0, (long) series.rows() - recipe.window() - horizon)
                .filter(start -> !series.timeline().isUnbroken(start, start + recipe.window() + horizon - 1))
                .count();
    }

    private boolean isComplete(int from, int to, int[] columns) {
        for (int row = from; row < to; row++) {
            if (series.hasGap(row, columns)) {
                return false;
            }
        }
        return true;
    }

    /** [N,W,C], standardised. */
    public Tensor inputs(int[] starts) {
        int width = inputColumns.length;
        float[] values = new float[size(starts.length, recipe.window(), width)];
        int index = 0;
        for (int start : starts) {
            for (int row = start; row < start + recipe.window(); row++) {
                for (int column = 0; column < width; column++) {
                    double value = series.values()[row][inputColumns[column]] - base(start, inputColumns[column]);
                    values[index++] = recipe.inputScaling().standardise(value, column);
                }
            }
        }
        return Tensor.of(values, starts.length, recipe.window(), width);
    }

    /** [N,H*K], standardised. */
    public Tensor targets(int[] starts) {
        double[][] truth = truth(starts);
        int width = targetColumns.length;
        float[] values = new float[size(starts.length, recipe.horizon(), width)];
        int index = 0;
        for (int window = 0; window < starts.length; window++) {
            for (int i = 0; i < truth[window].length; i++) {
                double value = truth[window][i] - base(starts[window], targetColumns[i % width]);
                values[index++] = recipe.targetScaling().standardise(value, i % width);
            }
        }
        return Tensor.of(values, starts.length, recipe.outputs());
    }

    /** [N][H*K] in the table's unit. */
    public double[][] truth(int[] starts) {
        return Arrays.stream(starts).mapToObj(start -> {
            double[] row = new double[recipe.outputs()];
            for (int i = 0; i < row.length; i++) {
                row[i] = series.values()[start + recipe.window() + i / targetColumns.length][targetColumns[i
                        % targetColumns.length]];
            }
            return row;
        }).toArray(double[][]::new);
    }

    /** What is taken from a window's numbers: its last row's, or nothing. */
    private double base(int start, int column) {
        return recipe.isRelative() ? series.values()[start + recipe.window() - 1][column] : 0;
    }

    /**
     * [N][H*K] in the table's unit, from what a model made of {@link #inputs}.
     *
     * @param raw [N,H*K]
     */
    public double[][] restore(int[] starts, float[] raw) {
        double[][] forecasts = new double[starts.length][recipe.outputs()];
        for (int i = 0; i < raw.length; i++) {
            int output = i % recipe.outputs();
            int target = output % targetColumns.length;
            int window = i / recipe.outputs();
            forecasts[window][output] = recipe.targetScaling().restore(raw[i], target)
                    + base(starts[window], targetColumns[target]);
        }
        return forecasts;
    }

    private int size(int windows, int rows, int columns) {
        long size = (long) windows * rows * columns;
        if (size > Integer.MAX_VALUE - 8) {
            throw new Refusal(series.source() + ": " + windows + " windows of " + rows + " x " + columns
                    + " numbers do not fit in memory; use fewer columns or a smaller --window");
        }
        return (int) size;
    }
}
