package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Value;

/**
 * How much each row of an output counts of which a mask leaves some out. As in Keras (keras/src/losses/loss.py,
 * {@code apply_mask}) a loss is divided by the rows that count, and a metric is told 1 or 0 for each.
 *
 * @param counted for each row 1 or 0 [rows,1], written by {@link #read}
 * @param weights of the samples [rows,1], loaded anew for each batch
 */
record StepWeights(BatchRows counted, BatchRows weights) {

    /**
     * Takes over the mask of a batch.
     *
     * @param output   whose rows they are
     * @param mask     rows of int32, one for each step
     * @param weighted whether there are weights of samples; those of rows that do not count become 0
     * @return how many rows count
     */
    int read(Value output, RowsView mask, boolean weighted) {
        int rows = 0;
        for (int row = 0; row < counted.count(); row++) {
            boolean counts = mask.segment().get(JAVA_INT, mask.at(output.maskRow(row))) != 0;
            counted.set(row, 0, counts ? 1 : 0);
            rows += counts ? 1 : 0;
            if (weighted && !counts) {
                weights.set(row, 0, 0);
            }
        }
        return rows;
    }

    BatchRows effective(boolean weighted) {
        return weighted ? weights : counted;
    }
}
