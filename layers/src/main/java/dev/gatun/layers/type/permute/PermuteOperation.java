package dev.gatun.layers.type.permute;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;

/** Moves numbers: step t and feature f of a sample become step f and feature t, or stay where they are. */
final class PermuteOperation extends OneToOneOperation {

    private final boolean stays;

    PermuteOperation(PlanContext context, Shape shape, boolean stays) {
        super(context, shape);
        this.stays = stays;
    }

    @Override
    public void forward(RunContext run) {
        if (stays) {
            RowCopy.copy(x, y, output.rows(), output.columns());
        } else {
            exchange(x, y, output, false);
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
            exchange(dy, dx, input, true);
        }
    }

    /** {@code to[t,b,f] = from[f,b,t]}, or {@code +=}. */
    private static void exchange(RowsView from, RowsView to, Value target, boolean add) {
        int batch = target.batch();
        for (int row = 0; row < target.rows(); row++) {
            long time = row / batch;
            long sample = row % batch;
            for (int column = 0; column < target.columns(); column++) {
                long at = to.at(row) + (long) column * Float.BYTES;
                float number = from.segment().get(JAVA_FLOAT,
                        from.at(column * (long) batch + sample) + time * Float.BYTES);
                to.segment().set(JAVA_FLOAT, at, add ? to.segment().get(JAVA_FLOAT, at) + number : number);
            }
        }
    }
}
