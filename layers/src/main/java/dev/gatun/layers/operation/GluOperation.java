package dev.gatun.layers.operation;

import dev.gatun.engine.function.Glu;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;

/** Of each row of 2 N numbers the first N times the sigmoid of the others. */
public final class GluOperation extends OneToOneOperation implements RowOperation {

    /**
     * A call.
     *
     * @param input  rows of 2 N numbers
     * @param output rows of N
     */
    public GluOperation(Value input, Value output) {
        super(input, output);
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            Glu.forward(x.segment(), x.at(row), y.segment(), y.at(row), output.columns());
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            Glu.backward(x.segment(), x.at(row), dy.at(row), dx.at(row), addToDx, output.columns());
        }
    }
}
