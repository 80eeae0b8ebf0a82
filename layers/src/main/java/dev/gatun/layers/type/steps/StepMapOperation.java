package dev.gatun.layers.type.steps;

import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;

/** Copies steps to their places; the gradient of a step is the sum of those of its copies, in their order. */
final class StepMapOperation extends OneToOneOperation {

    private final StepMap map;

    StepMapOperation(PlanContext context, Shape shape, StepMap map) {
        super(context, shape);
        this.map = map;
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            long source = sourceRow(row);
            if (source < 0) {
                RowCopy.clearRow(y, row, output.columns());
            } else {
                RowCopy.copyRow(x, source, y, row, output.columns());
            }
        }
    }

    @Override
    protected void back(RunContext run) {
        if (!addToDx) {
            RowCopy.clear(dx, input.rows(), input.columns());
        }
        for (int row = 0; row < output.rows(); row++) {
            long source = sourceRow(row);
            if (source >= 0) {
                RowCopy.passRow(dy, row, dx, source, true, output.columns());
            }
        }
    }

    private long sourceRow(int row) {
        int batch = output.batch();
        long step = map.source(row / batch, input.shape().dim(1));
        return step < 0 ? StepMap.NONE : step * batch + row % batch;
    }
}
