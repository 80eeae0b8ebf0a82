package dev.gatun.layers.type.batchnormalization;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import java.lang.foreign.MemorySegment;

/**
 * Mean and variance of each channel that a training takes of a batch, and the moving ones that it leaves. In double; each sum goes
 * over the rows in their order.
 */
final class Statistics {

    private final double momentum;
    private final double[] means;
    private final double[] variances;
    private final long[] counts;

    /**
     * @param channels that have statistics of their own
     * @param momentum what a batch leaves of the moving ones
     */
    Statistics(int channels, double momentum) {
        this.momentum = momentum;
        this.means = new double[channels];
        this.variances = new double[channels];
        this.counts = new long[channels];
    }

    void clear() {
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = 0;
            variances[channel] = 0;
            counts[channel] = 0;
        }
    }

    /**
     * The first time round: a row of numbers.
     *
     * @param first channel of the row's first number
     * @param step  from there to the channel of the next
     */
    void add(RowsView rows, int row, int columns, int first, int step) {
        long at = rows.at(row);
        for (int column = 0; column < columns; column++) {
            int channel = first + column * step;
            means[channel] += rows.segment().get(JAVA_FLOAT, at + (long) column * Float.BYTES);
            counts[channel]++;
        }
    }

    void endMeans() {
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = counts[channel] == 0 ? 0 : means[channel] / counts[channel];
        }
    }

    /** The second time, as {@link #add}. */
    void addSquares(RowsView rows, int row, int columns, int first, int step) {
        long at = rows.at(row);
        for (int column = 0; column < columns; column++) {
            int channel = first + column * step;
            double apart = rows.segment().get(JAVA_FLOAT, at + (long) column * Float.BYTES) - means[channel];
            variances[channel] += apart * apart;
        }
    }

    void endVariances() {
        for (int channel = 0; channel < variances.length; channel++) {
            variances[channel] = counts[channel] == 0 ? 0 : variances[channel] / counts[channel];
        }
    }

    double mean(int channel) {
        return means[channel];
    }

    double variance(int channel) {
        return variances[channel];
    }

    /** How many numbers there were of a channel. */
    long count(int channel) {
        return counts[channel];
    }

    /** Moves what lies in the buffers towards the batch; of nothing counted nothing is learnt. */
    void move(MemorySegment buffers, long meanBytes, long varianceBytes) {
        for (int channel = 0; channel < means.length; channel++) {
            if (counts[channel] > 0) {
                long at = (long) channel * Float.BYTES;
                move(buffers, meanBytes + at, means[channel]);
                move(buffers, varianceBytes + at, variances[channel]);
            }
        }
    }

    private void move(MemorySegment buffers, long at, double batch) {
        buffers.set(JAVA_FLOAT, at, (float) (momentum * buffers.get(JAVA_FLOAT, at) + (1 - momentum) * batch));
    }
}
