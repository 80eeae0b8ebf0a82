package dev.gatun.layers.type.batchnormalization;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.operation.LearnedOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import java.lang.foreign.MemorySegment;

/**
 * Normalizes each channel: in a training by what its batch has, by the moving statistics everywhere else and where the layer is
 * not trained. Rows that a mask leaves out are normalized too, but take no part in the statistics.
 */
final class BatchNormOperation extends LearnedOperation implements RowOperation {

    /** Rows that pass through a column while they are in the first-level cache. */
    private static final int TILE = 64;
    private static final long NONE = -1;

    private final BuiltBatchNormalization layer;
    private final double epsilon;
    private final int channelStep;
    private final Statistics batch;
    private final Value mask;
    /** Where each begins; {@link #NONE} for a weight that there is not. */
    private final long gammas;
    private final long betas;
    private final long movingMeans;
    private final long movingVariances;
    /** Of each channel, on the way back. */
    private final double[] means;
    private final double[] scales;
    private final double[] sums;
    private final double[] sumsAlong;
    private MemorySegment buffers;
    private RowsView maskRows;

    BatchNormOperation(BuiltBatchNormalization layer, PlanContext context) {
        super(context);
        this.layer = layer;
        this.epsilon = layer.layer().epsilon();
        this.channelStep = layer.ofSteps() ? 0 : 1;
        boolean learns = context.mode().dropout() && context.weights().trainable();
        this.batch = learns ? new Statistics(layer.channels(), layer.layer().momentum()) : null;
        this.mask = context.mask();
        WeightPlaces places = context.weights();
        this.gammas = layer.layer().scale() ? places.at(0) : NONE;
        this.betas = layer.layer().center() ? places.at(layer.layer().scale() ? 1 : 0) : NONE;
        this.movingMeans = places.buffers().get(0).baseBytes();
        this.movingVariances = places.buffers().get(1).baseBytes();
        int wayBack = context.mode().gradients() ? layer.channels() : 0;
        this.means = new double[wayBack];
        this.scales = new double[wayBack];
        this.sums = new double[wayBack];
        this.sumsAlong = new double[wayBack];
    }

    @Override
    protected void bindOwn(Memory memory) {
        buffers = memory.buffers();
        maskRows = mask == null ? null : mask.rows(memory.workspace());
    }

    /** The channel of a row's first number; from there to the next it is {@link #channelStep}. */
    private int firstChannel(int row) {
        return layer.ofSteps() ? row / output.batch() : 0;
    }

    private double mean(int channel) {
        return batch != null
                ? batch.mean(channel)
                : buffers.get(JAVA_FLOAT, movingMeans + (long) channel * Float.BYTES);
    }

    private double scale(int channel) {
        double variance = batch != null
                ? batch.variance(channel)
                : buffers.get(JAVA_FLOAT, movingVariances + (long) channel * Float.BYTES);
        return 1 / Math.sqrt(variance + epsilon);
    }

    private float gamma(int channel) {
        return gammas == NONE ? 1 : weight(gammas + (long) channel * Float.BYTES);
    }

    private float beta(int channel) {
        return betas == NONE ? 0 : weight(betas + (long) channel * Float.BYTES);
    }

    private boolean counts(int row) {
        return MaskRows.counts(maskRows, input.maskRow(row));
    }

    private static float number(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    @Override
    public void forward(RunContext run) {
        if (batch != null) {
            measure();
        }
        forwardRows(run, 0, output.rows());
    }

    private void measure() {
        batch.clear();
        for (int row = 0; row < input.rows(); row++) {
            if (counts(row)) {
                batch.add(x, row, input.columns(), firstChannel(row), channelStep);
            }
        }
        batch.endMeans();
        for (int row = 0; row < input.rows(); row++) {
            if (counts(row)) {
                batch.addSquares(x, row, input.columns(), firstChannel(row), channelStep);
            }
        }
        batch.endVariances();
    }

    @Override
    public void learnBuffers(RunContext run) {
        if (batch != null) {
            batch.move(buffers, movingMeans, movingVariances);
        }
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int tile = first; tile < first + count; tile += TILE) {
            int end = Math.min(tile + TILE, first + count);
            if (layer.ofSteps()) {
                for (int row = tile; row < end; row++) {
                    normalize(row / output.batch(), row, row + 1, 0, output.columns());
                }
            } else {
                for (int column = 0; column < output.columns(); column++) {
                    normalize(column, tile, end, column, column + 1);
                }
            }
        }
    }

    /** Numbers of one channel. */
    private void normalize(int channel, int firstRow, int endRow, int firstColumn, int endColumn) {
        double mean = mean(channel);
        double scale = scale(channel);
        double gamma = gamma(channel);
        double beta = beta(channel);
        for (int row = firstRow; row < endRow; row++) {
            for (int column = firstColumn; column < endColumn; column++) {
                double normal = (number(x, row, column) - mean) * scale;
                y.segment().set(JAVA_FLOAT, y.at(row) + (long) column * Float.BYTES, (float) (normal * gamma + beta));
            }
        }
    }

    /** A number has a part in the mean and the variance of its batch, unless these are given. */
    @Override
    protected void back(RunContext run) {
        sum();
        if (gradients != null) {
            for (int channel = 0; channel < layer.channels(); channel++) {
                addGradients(channel);
            }
        }
        for (int row = 0; dx != null && row < output.rows(); row++) {
            giveRow(row, batch != null && counts(row));
        }
    }

    private void giveRow(int row, boolean meets) {
        int first = firstChannel(row);
        for (int column = 0; column < output.columns(); column++) {
            int channel = first + column * channelStep;
            double inner = number(dy, row, column);
            if (meets) {
                double normal = (number(x, row, column) - means[channel]) * scales[channel];
                inner -= (sums[channel] + normal * sumsAlong[channel]) / batch.count(channel);
            }
            give(dx.at(row) + (long) column * Float.BYTES, (float) (gamma(channel) * scales[channel] * inner));
        }
    }

    /** Of the output's gradient, and of it along what was normalized, over all rows in their order. */
    private void sum() {
        for (int channel = 0; channel < layer.channels(); channel++) {
            means[channel] = mean(channel);
            scales[channel] = scale(channel);
            sums[channel] = 0;
            sumsAlong[channel] = 0;
        }
        for (int row = 0; row < output.rows(); row++) {
            int first = firstChannel(row);
            for (int column = 0; column < output.columns(); column++) {
                int channel = first + column * channelStep;
                double up = number(dy, row, column);
                sums[channel] += up;
                sumsAlong[channel] += up * (number(x, row, column) - means[channel]) * scales[channel];
            }
        }
    }

    private void addGradients(int channel) {
        if (gammas != NONE) {
            addGradient(gammas + (long) channel * Float.BYTES, sumsAlong[channel]);
        }
        if (betas != NONE) {
            addGradient(betas + (long) channel * Float.BYTES, sums[channel]);
        }
    }
}
