package dev.gatun.layers.type.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;

/**
 * The input as the cell reads it: in processing order, and in training with dropout's mask, one for each sample and the same
 * for all steps. Both directions of the layer pass here.
 *
 * @param sizes     of the layer
 * @param backwards whether the last step is processed first
 * @param rate      share that falls; 0 outside training
 * @param call      position of the call in the graph: a stream of random numbers of its own
 * @param mask      place for the mask [B,I], or null if nothing falls
 */
record InputTransform(RecurrentSizes sizes, boolean backwards, float rate, long call, RowsView mask) {

    /** Draws the mask: 0, or 1 / (1 - rate). */
    private void draw(RunContext run) {
        long stream = run.step() << 20 | call;
        float kept = 1f / (1f - rate);
        for (int b = 0; b < sizes.batch(); b++) {
            for (int i = 0; i < sizes.inputs(); i++) {
                boolean falls = Philox.uniform(run.seed(), stream, (long) b * sizes.inputs() + i) < rate;
                mask.segment().set(JAVA_FLOAT, mask.at(b) + (long) i * Float.BYTES, falls ? 0f : kept);
            }
        }
    }

    /** x [T B, I] to what the cell reads. */
    void prepare(RunContext run, RowsView x, RowsView prepared) {
        if (mask != null) {
            draw(run);
        }
        for (int row = 0; row < sizes.rows(); row++) {
            long target = processed(row);
            RowCopy.copyRow(x, row, prepared, target, sizes.inputs());
            if (mask != null) {
                RowCopy.multiplyRow(mask, row % sizes.batch(), prepared, target, sizes.inputs());
            }
        }
    }

    /** The gradient of what the cell read, which is overwritten, to that of x. */
    void giveBack(RowsView dPrepared, RowsView dx, boolean add) {
        for (int row = 0; row < sizes.rows(); row++) {
            long from = processed(row);
            if (mask != null) {
                RowCopy.multiplyRow(mask, row % sizes.batch(), dPrepared, from, sizes.inputs());
            }
            RowCopy.passRow(dPrepared, from, dx, row, add, sizes.inputs());
        }
    }

    /** Where a row of time and sample stands in processing order. */
    private long processed(int row) {
        int time = row / sizes.batch();
        int place = backwards ? sizes.time() - 1 - time : time;
        return (long) place * sizes.batch() + row % sizes.batch();
    }
}
