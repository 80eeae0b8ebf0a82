package dev.gatun.layers.type.identity;

import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;

/** Copies rows, where a plan has a place for what the layer returns. */
final class IdentityOperation extends OneToOneOperation implements RowOperation {

    IdentityOperation(PlanContext context) {
        super(context, context.arguments().input().shape());
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        RowCopy.copyRows(x, first, y, first, count, output.columns());
    }

    @Override
    protected void back(RunContext run) {
        RowCopy.pass(dy, dx, addToDx, output.rows(), output.columns());
    }
}
