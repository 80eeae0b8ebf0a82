package dev.gatun.layers.type.recurrent;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;

/**
 * The input as the cell reads it: in processing order, in training with dropout's mask, one for each sample and the same for
 * all steps, and with zeros where a step does not count, whose numbers may be anything. Both directions of the layer pass here.
 *
 * @param input     x [T B, I]
 * @param backwards whether the last step is processed first
 * @param rate      share that falls; 0 outside training
 * @param call      number of the call's stream of random numbers
 * @param drops     place for dropout's mask [B,I], or null if nothing falls
 * @param steps     which steps count, or null if all do
 */
record InputTransform(Value input, boolean backwards, float rate, long call, RowsView drops, StepMask steps) {

    /** Draws the mask: 0, or 1 / (1 - rate). */
    private void draw(RunContext run) {
        long stream = run.step() << 20 | call;
        float kept = 1f / (1f - rate);
        for (int b = 0; b < input.batch(); b++) {
            for (int i = 0; i < input.columns(); i++) {
                boolean falls = Philox.uniform(run.seed(), stream, (long) b * input.columns() + i) < rate;
                drops.segment().set(JAVA_FLOAT, drops.at(b) + (long) i * Float.BYTES, falls ? 0f : kept);
            }
        }
    }

    /** x [T B, I] to what the cell reads. */
    void prepare(RunContext run, RowsView x, RowsView prepared) {
        if (drops != null) {
            draw(run);
        }
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
