package dev.gatun.layers.type.rescaling;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;

/** Rows of x to rows of y. */
final class RescalingOperation extends OneToOneOperation implements RowOperation {

    private final float[] scale;
    private final float[] offset;

    RescalingOperation(float[] scale, float[] offset, PlanContext context) {
        super(context, context.arguments().input().shape());
        this.scale = scale;
        this.offset = offset;
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    /** The product is rounded before the sum, as in Keras. */
    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            for (int column = 0; column < scale.length; column++) {
                long at = (long) column * Float.BYTES;
                float value = x.segment().get(JAVA_FLOAT, x.at(row) + at);
                y.segment().set(JAVA_FLOAT, y.at(row) + at, value * scale[column] + offset[column]);
            }
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            for (int column = 0; column < scale.length; column++) {
                long at = dy.at(row) + (long) column * Float.BYTES;
                dy.segment().set(JAVA_FLOAT, at, dy.segment().get(JAVA_FLOAT, at) * scale[column]);
            }
            RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
        }
    }
}
