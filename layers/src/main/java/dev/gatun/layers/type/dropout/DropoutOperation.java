package dev.gatun.layers.type.dropout;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.RandomOperation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;

/** Dropout in a training plan: y = x mask, where the mask is made anew from its counter in both directions. */
final class DropoutOperation extends RandomOperation {

    private final float rate;

    /** @param rate share that falls; 0 in plans without dropout */
    DropoutOperation(float rate, PlanContext context) {
        super(context);
        this.rate = rate;
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

    private void mask(RunContext run, int row, RowsView from, RowsView to) {
        long first = position(row);
        float scale = 1f / (1f - rate);
        for (int column = 0; column < output.columns(); column++) {
            boolean falls = uniform(run, first + column) < rate;
            long at = (long) column * Float.BYTES;
            float value = from.segment().get(JAVA_FLOAT, from.at(row) + at);
            to.segment().set(JAVA_FLOAT, to.at(row) + at, falls ? 0f : value * scale);
        }
    }
}
