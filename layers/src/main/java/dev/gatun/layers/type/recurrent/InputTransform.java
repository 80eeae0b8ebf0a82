package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;

/**
 * The input as the cell reads it: in processing order, in training with dropout's mask, one for each sample and the same for
 * all steps, and with zeros where a step does not count, whose numbers may be anything. Both directions of the layer pass here.
 *
 * @param input     x [T B, I]
 * @param backwards whether the last step is processed first
 * @param drops     dropout's mask [B,I], or null if nothing falls, or gates have masks of their own
 * @param steps     which steps count, or null if all do
 */
record InputTransform(Value input, boolean backwards, RowsView drops, StepMask steps) {

    /** x [T B, I] to what the cell reads. */
    void prepare(RowsView x, RowsView prepared) {
        for (int row = 0; row < input.rows(); row++) {
            long target = processed(row);
            if (steps != null && !steps.counts(target)) {
                RowCopy.clearRow(prepared, target, input.columns());
                continue;
            }
            RowCopy.copyRow(x, row, prepared, target, input.columns());
            if (drops != null) {
                RowCopy.multiplyRow(drops, row % input.batch(), prepared, target, input.columns());
            }
        }
    }

    /** The gradient of what the cell read, which is overwritten, to that of x: none where a step does not count. */
    void giveBack(RowsView dPrepared, RowsView dx, boolean add) {
        for (int row = 0; row < input.rows(); row++) {
            long from = processed(row);
            if (steps != null && !steps.counts(from)) {
                if (!add) {
                    RowCopy.clearRow(dx, row, input.columns());
                }
                continue;
            }
            if (drops != null) {
                RowCopy.multiplyRow(drops, row % input.batch(), dPrepared, from, input.columns());
            }
            RowCopy.passRow(dPrepared, from, dx, row, add, input.columns());
        }
    }

    /** Where a row of time and sample stands in processing order. */
    private long processed(int row) {
        int time = row / input.batch();
        int place = backwards ? input.time() - 1 - time : time;
        return (long) place * input.batch() + row % input.batch();
    }
}
