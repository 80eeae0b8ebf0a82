package dev.gatun.layers.type.repeatvector;

import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;

/** Every step is the one row of its sample; its gradient is the sum over the steps, from the first to the last. */
final class RepeatOperation extends OneToOneOperation {

    RepeatOperation(PlanContext context, Shape shape) {
        super(context, shape);
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            RowCopy.copyRow(x, row % input.batch(), y, row, output.columns());
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            boolean adds = addToDx || row >= input.batch();
            RowCopy.passRow(dy, row, dx, row % input.batch(), adds, output.columns());
        }
    }
}
