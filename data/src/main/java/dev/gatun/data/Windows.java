package dev.gatun.data;

import dev.gatun.data.time.DataException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Windows over a series: W rows of inputs, then H rows of targets. A window is known by its first row. */
public final class Windows {

    private final Series series;
    private final WindowSpec spec;
    private final int[] inputColumns;
    /** Null if the series has not all of them: then there is nothing to score. */
    private final int[] targetColumns;

    /**
     * Windows over a series.
     *
     * @param series holds the inputs; its targets too, if they are asked for
     * @param spec   what a window is
     * @throws NullPointerException     naming what is null
     * @throws IllegalArgumentException if an input is not there, listing the columns there are
     */
    public Windows(Series series, WindowSpec spec) {
        this.series = Arguments.required(series, "Windows", "series", "a series");
        this.spec = Arguments.required(spec, "Windows", "spec", "what a window is, for example WindowSpec.of");
        this.inputColumns = series.indices(spec.inputs());
        this.targetColumns = series.columns().containsAll(spec.targets()) ? series.indices(spec.targets()) : null;
    }

    /** {@return what the windows lie over} */
    public Series series() {
        return series;
    }

    /** {@return what a window is} */
    public WindowSpec spec() {
        return spec;
    }

    /** The columns of the targets; names the one that is not there. */
    private int[] targetColumns() {
        return targetColumns == null ? series.indices(spec.targets()) : targetColumns;
    }

    /**
     * Windows all of whose target rows lie in {@code [from,to)}, without a hole between their rows, without a gap in inputs
     * or targets, the targets' last known values included.
     *
     * @param from first row that may be a target
     * @param to   the row after the last that may be
     * @return first rows, in order
     */
    public int[] scored(int from, int to) {
        int window = spec.window();
        long last = (long) Math.min(to, series.rows()) - window - spec.horizon();
        int[] targets = targetColumns();
        return starts(Math.max(0, from - window), last)
                .filter(start -> series.timeline().isUnbroken(start, start + window + spec.horizon() - 1)
                        && isComplete(start, start + window, inputColumns)
                        && isComplete(start + window - 1, start + window + spec.horizon(), targets))
                .toArray();
    }

    private static IntStream starts(int first, long last) {
        return last < first ? IntStream.empty() : IntStream.rangeClosed(first, (int) last);
    }

    /**
     * Windows whose inputs are complete and without a hole between their rows, whether or not their targets are known.
     *
     * @return first rows, in order
     */
    public int[] complete() {
        return starts(0, (long) series.rows() - spec.window())
                .filter(start -> series.timeline().isUnbroken(start, start + spec.window() - 1)
                        && isComplete(start, start + spec.window(), inputColumns)
                        && (!spec.isRelative() || isComplete(
                                start + spec.window() - 1, start + spec.window(), targetColumns())))
                .toArray();
    }

    /**
     * How many windows a hole lies in.
     *
     * @param horizon rows that follow the inputs and count too; 0 for the inputs alone
     * @return a number of windows
     */
    public int broken(int horizon) {
        return (int) starts(0, (long) series.rows() - spec.window() - horizon)
                .filter(start -> !series.timeline().isUnbroken(start, start + spec.window() + horizon - 1))
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

    /**
     * What a model sees of some windows.
     *
     * @param starts first rows of N windows
     * @return [N,W,C], standardised
     * @throws IllegalArgumentException if a window does not lie in the series, or all of them have more numbers than a tensor
     *                                  of the heap can
     */
    public Tensor inputs(int[] starts) {
        require(starts, spec.window(), "Windows.inputs");
        int width = inputColumns.length;
        float[] values = new float[size(starts.length, spec.window(), width)];
        int index = 0;
        for (int start : starts) {
            for (int row = start; row < start + spec.window(); row++) {
                for (int column = 0; column < width; column++) {
                    double value = series.value(row, inputColumns[column]) - base(start, inputColumns[column]);
                    values[index++] = (float) spec.inputScaling().standardise(value, column);
                }
            }
        }
        return Tensor.of(values, starts.length, spec.window(), width);
    }

    /**
     * What a model should make of {@link #inputs}.
     *
     * @param starts first rows of N windows
     * @return [N,H*K], standardised
     * @throws IllegalArgumentException if a window's target rows do not lie in the series, or a target is no column of it
     */
    public Tensor targets(int[] starts) {
        double[][] truth = truth(starts);
        int[] columns = targetColumns();
        int width = columns.length;
        float[] values = new float[size(starts.length, spec.horizon(), width)];
        int index = 0;
        for (int window = 0; window < starts.length; window++) {
            for (int i = 0; i < truth[window].length; i++) {
                double value = truth[window][i] - base(starts[window], columns[i % width]);
                values[index++] = (float) spec.targetScaling().standardise(value, i % width);
            }
        }
        return Tensor.of(values, starts.length, spec.outputs());
    }

    /**
     * What really came after some windows.
     *
     * @param starts first rows of N windows
     * @return [N][H*K] in the series' unit, step by step
     * @throws IllegalArgumentException if a window's target rows do not lie in the series, or a target is no column of it
     */
    public double[][] truth(int[] starts) {
        require(starts, spec.window() + (long) spec.horizon(), "Windows.truth");
        int[] columns = targetColumns();
        return Arrays.stream(starts).mapToObj(start -> {
            double[] row = new double[spec.outputs()];
            for (int i = 0; i < row.length; i++) {
                row[i] = series.value(start + spec.window() + i / columns.length, columns[i % columns.length]);
            }
            return row;
        }).toArray(double[][]::new);
    }

    /** What is taken from a window's numbers: its last row's, or nothing. */
    private double base(int start, int column) {
        return spec.isRelative() ? series.value(start + spec.window() - 1, column) : 0;
    }

    /**
     * Forecasts in the series' unit, from what a model made of {@link #inputs}.
     *
     * @param starts first rows of N windows
     * @param raw    [N,H*K]
     * @return [N][H*K], step by step
     * @throws IllegalArgumentException if there are more or fewer numbers than that
     */
    public double[][] restore(int[] starts, float[] raw) {
        require(starts, spec.window(), "Windows.restore");
        Arguments.required(raw, "Windows.restore", "raw", "what a model made of inputs(starts), toArray()");
        if (raw.length != (long) starts.length * spec.outputs()) {
            throw new IllegalArgumentException("Windows.restore: " + starts.length + " windows have " + spec.outputs()
                    + " numbers each, got " + raw.length + " numbers");
        }
        double[][] forecasts = new double[starts.length][spec.outputs()];
        int targets = spec.targets().size();
        int[] columns = spec.isRelative() ? targetColumns() : new int[targets];
        for (int i = 0; i < raw.length; i++) {
            int output = i % spec.outputs();
            int target = output % targets;
            int window = i / spec.outputs();
            forecasts[window][output] = spec.targetScaling().restore(raw[i], target)
                    + base(starts[window], columns[target]);
        }
        return forecasts;
    }

    private void require(int[] starts, long rows, String method) {
        Arguments.required(starts, method, "starts", "first rows of windows, for example scored(0, series.rows())");
        for (int start : starts) {
            if (start < 0 || start + rows > series.rows()) {
                throw new IllegalArgumentException(method + ": a window begins at row " + start + " and needs " + rows
                        + " rows, but " + series.source() + " has " + series.rows());
            }
        }
    }

    private int size(int windows, int rows, int columns) {
        long size = (long) windows * rows * columns;
        if (size > Integer.MAX_VALUE - 8) {
            throw new DataException(series.source() + ": " + windows + " windows of " + rows + " x " + columns
                    + " numbers do not fit in memory; use fewer columns or a smaller ", DataException.Setting.WINDOW);
        }
        return (int) size;
    }
}
