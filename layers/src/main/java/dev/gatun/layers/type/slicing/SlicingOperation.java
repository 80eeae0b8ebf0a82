package dev.gatun.layers.type.slicing;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;
import java.util.List;

/** Copies the numbers of a part, row after row of the output. */
final class SlicingOperation extends OneToOneOperation {

    private final List<AxisPart> parts;
    private final Grid source;
    private final Grid target;
    /** For each place of the output the bytes of the input from one index to the next. */
    private final long[] steps = new long[Grid.AXES];
    private long begin;

    SlicingOperation(PlanContext context, List<AxisPart> parts, Shape shape) {
        super(context, shape);
        this.parts = parts;
        this.source = new Grid(input);
        this.target = new Grid(output);
    }

    @Override
    public void resize() {
        source.resize();
        target.resize();
        begin = 0;
        int rank = input.shape().rank();
        int kept = 1;
        steps[0] = source.bytes(0);
        for (int axis = 1; axis < rank; axis++) {
            AxisPart part = parts.get(axis - 1);
            int place = Grid.place(axis, rank);
            begin += part.first(source.size(place)) * source.bytes(place);
            if (!part.single()) {
                steps[Grid.place(kept++, output.shape().rank())] = part.step() * source.bytes(place);
            }
        }
    }

    private long place(int row) {
        int lead = row / target.size(0);
        return begin + row % target.size(0) * steps[0] + lead / target.size(2) * steps[1]
                + lead % target.size(2) * steps[2];
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            long from = x.at(0) + place(row);
            for (int column = 0; column < output.columns(); column++) {
                y.segment().set(JAVA_FLOAT, y.at(row) + (long) column * Float.BYTES,
                        source.number(x, from + column * steps[Grid.AXES - 1]));
            }
        }
    }

    @Override
    protected void back(RunContext run) {
        if (!addToDx) {
            RowCopy.clear(dx, input.rows(), input.columns());
        }
        for (int row = 0; row < output.rows(); row++) {
            long to = dx.at(0) + place(row);
            for (int column = 0; column < output.columns(); column++) {
                long at = to + column * steps[Grid.AXES - 1];
                float part = dy.segment().get(JAVA_FLOAT, dy.at(row) + (long) column * Float.BYTES);
                dx.segment().set(JAVA_FLOAT, at, dx.segment().get(JAVA_FLOAT, at) + part);
            }
        }
    }
}
