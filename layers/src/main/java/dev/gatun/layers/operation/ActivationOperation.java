package dev.gatun.layers.operation;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;

/** Rows of x to rows of y. */
public final class ActivationOperation extends OneToOneOperation implements RowOperation {
    private final ActivationFormula formula;

    /**
     * An operation on the context's input.
     *
     * @param function what is applied
     * @param context  where it stands
     */
    public ActivationOperation(ActivationFunction function, PlanContext context) {
        super(context, context.arguments().input().shape());
        this.formula = function.formula();
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            RowActivation.forward(formula, x.segment(), x.at(row), y.segment(), y.at(row), output.columns());
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            RowActivation.backward(
                    formula, y.segment(), x.at(row), y.at(row), dy.at(row), dy.at(row), output.columns());
            RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
        }
    }
}
