package dev.gatun.layers.type.flatten;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;

/** Lays the numbers of a sample [C,...] side by side with its channels as the last axis: number i of channel c at place i C + c. */
final class ChannelsLastOperation extends OneToOneOperation {

    ChannelsLastOperation(PlanContext context, Shape shape) {
        super(context, shape);
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < input.rows(); row++) {
            for (int column = 0; column < input.columns(); column++) {
                y.segment().set(JAVA_FLOAT, y.at(row % input.batch()) + place(row, column) * Float.BYTES,
                        x.segment().get(JAVA_FLOAT, x.at(row) + (long) column * Float.BYTES));
            }
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < input.rows(); row++) {
            if (!addToDx) {
                RowCopy.clearRow(dx, row, input.columns());
            }
            for (int column = 0; column < input.columns(); column++) {
                long at = dx.at(row) + (long) column * Float.BYTES;
                float part = dy.segment().get(JAVA_FLOAT,
                        dy.at(row % input.batch()) + place(row, column) * Float.BYTES);
                dx.segment().set(JAVA_FLOAT, at, dx.segment().get(JAVA_FLOAT, at) + part);
            }
        }
    }

    /** Of a number of the input within what is made of its sample. */
    private long place(int row, int column) {
        long channels = input.shape().dim(1);
        long each = input.time() / channels;
        long lead = row / input.batch();
        return (lead % each * input.columns() + column) * channels + lead / each;
    }
}
