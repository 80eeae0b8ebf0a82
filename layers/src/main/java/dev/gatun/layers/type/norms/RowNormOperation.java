package dev.gatun.layers.type.norms;

import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;

/** Normalization of each row by itself. */
final class RowNormOperation extends NormOperation implements RowOperation {

    RowNormOperation(NormForm form, NormGrid grid, PlanContext context) {
        super(form, grid, context);
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            forward(row % output.batch(), row / output.batch());
        }
    }
}
