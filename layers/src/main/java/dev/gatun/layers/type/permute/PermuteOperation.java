package dev.gatun.layers.type.permute;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;
import java.util.List;

/** Moves numbers: each axis of the output walks along one of the input. */
final class PermuteOperation extends OneToOneOperation {

    private final boolean stays;
    private final int[] from = new int[Grid.AXES];
    private final Grid source;
    private final Grid target;

    /** @param dims for each axis of the output the one of the input, counted from 1 */
    PermuteOperation(PlanContext context, Shape shape, List<Integer> dims, boolean stays) {
        super(context, shape);
        this.stays = stays;
        this.source = new Grid(input);
        this.target = new Grid(output);
        for (int place = 0; place < from.length; place++) {
            from[place] = place;
        }
        for (int axis = 1; axis < shape.rank(); axis++) {
            from[Grid.place(axis, shape.rank())] = Grid.place(dims.get(axis - 1), shape.rank());
        }
    }

    @Override
    public void resize() {
        source.resize();
        target.resize();
    }

    @Override
    public void forward(RunContext run) {
        if (stays) {
            RowCopy.copy(x, y, output.rows(), output.columns());
        } else {
            exchange(false);
        }
    }

    @Override
    protected void back(RunContext run) {
        if (stays) {
            RowCopy.pass(dy, dx, addToDx, input.rows(), input.columns());
        } else {
            if (!addToDx) {
                RowCopy.clear(dx, input.rows(), input.columns());
            }
            exchange(true);
        }
    }

    /** Row by row of the output: its numbers from the input, or its gradients to the input's. */
    private void exchange(boolean back) {
        for (int row = 0; row < output.rows(); row++) {
            int lead = row / target.size(0);
            long at = row % target.size(0) * source.bytes(0) + lead / target.size(2) * source.bytes(from[1])
                    + lead % target.size(2) * source.bytes(from[2]);
            if (back) {
                give(row, dx.at(0) + at);
            } else {
                take(row, x.at(0) + at);
            }
        }
    }

    private void take(int row, long at) {
        for (int column = 0; column < output.columns(); column++) {
            y.segment().set(JAVA_FLOAT, y.at(row) + (long) column * Float.BYTES,
                    x.segment().get(JAVA_FLOAT, at + column * source.bytes(from[3])));
        }
    }

    private void give(int row, long at) {
        for (int column = 0; column < output.columns(); column++) {
            long place = at + column * source.bytes(from[3]);
            float part = dy.segment().get(JAVA_FLOAT, dy.at(row) + (long) column * Float.BYTES);
            dx.segment().set(JAVA_FLOAT, place, dx.segment().get(JAVA_FLOAT, place) + part);
        }
    }
}
