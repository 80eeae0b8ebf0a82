package dev.gatun.layers.type.rnn;

import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;

/** Copies rows of a sequence in the opposite order of its steps. */
final class TurnOperation extends OneToOneOperation {

    TurnOperation(PlanContext context) {
        super(context, context.arguments().input().shape());
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            RowCopy.copyRow(x, turned(row), y, row, output.columns());
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            RowCopy.passRow(dy, turned(row), dx, row, addToDx, output.columns());
        }
    }

    private long turned(int row) {
        int batch = output.batch();
        return (long) (output.time() - 1 - row / batch) * batch + row % batch;
    }
}
