package dev.gatun.layers.type.dropout;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;

/** Dropout in a training plan: y = x mask, where the mask is made anew from its counter in both directions. */
final class DropoutOperation extends OneToOneOperation {

    private final float rate;
    private final long callIndex;

    /** @param rate share that falls; 0 in plans without dropout */
    DropoutOperation(float rate, PlanContext context) {
        super(context, context.arguments().input().shape());
        this.rate = rate;
        this.callIndex = context.call().stream();
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            mask(run, row, x, y);
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            mask(run, row, dy, dy);
            RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
        }
    }

    /** Positions count batch first, so that they do not depend on how rows lie in memory. */
    private void mask(RunContext run, int row, RowsView from, RowsView to) {
        long batch = row % output.batch();
        long time = row / output.batch();
        long first = (batch * output.time() + time) * output.columns();
        long stream = run.step() << 20 | callIndex;
        float scale = 1f / (1f - rate);
        for (int column = 0; column < output.columns(); column++) {
            boolean falls = Philox.uniform(run.seed(), stream, first + column) < rate;
            long at = (long) column * Float.BYTES;
            float value = from.segment().get(JAVA_FLOAT, from.at(row) + at);
            to.segment().set(JAVA_FLOAT, to.at(row) + at, falls ? 0f : value * scale);
        }
    }
}
