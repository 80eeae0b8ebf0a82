package dev.gatun.layers.type.concatenate;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays rows behind each other, or what stands in them. If a value has a mask there is one more output: along the steps masks are
 * laid behind each other too, along any other axis a step counts that does in one of the values.
 */
final class ConcatenateOperation implements RowOperation {

    private final List<JoinedValue> values = new ArrayList<>();
    private final int along;
    private final Value output;
    private final Value mask;
    private RowsView y;
    private RowsView dy;
    private RowsView steps;

    ConcatenateOperation(PlanContext context, Shape shape, int along, boolean dropsMasks) {
        this.along = along;
        context.arguments().inputs().forEach(value -> values.add(new JoinedValue(value)));
        this.output = context.output("", shape);
        boolean anyMasked = context.arguments().inputs().stream().anyMatch(value -> value.mask() != null);
        this.mask = anyMasked && !dropsMasks
                ? context.maskOutput(Shape.of(shape.dim(0), shape.dim(1)))
                : null;
    }

    @Override
    public List<Value> outputs() {
        return mask == null ? List.of(output) : List.of(output, mask);
    }

    @Override
    public void bind(Memory memory) {
        y = output.rows(memory.workspace());
        steps = mask == null ? null : mask.rows(memory.workspace());
        boolean goesBack = output.requiresGradient() && output.hasGradient();
        dy = goesBack ? output.gradient(memory.workspace()) : null;
        for (JoinedValue value : values) {
            value.bind(memory.workspace(), goesBack);
        }
    }

    @Override
    public void forward(RunContext run) {
        if (isInRows()) {
            forwardRows(run, 0, output.rows());
            return;
        }
        move(false);
        if (steps != null) {
            combineMasks();
        }
    }

    /** Asked for only where features are laid side by side, which is what a layer does that works row by row. */
    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            long offset = 0;
            for (int i = 0; i < values.size(); i++) {
                values.get(i).place(row, y, row, offset);
                offset += (long) values.get(i).value().columns() * Float.BYTES;
            }
            if (steps != null) {
                combineMasks(output.maskRow(row));
            }
        }
    }

    private boolean isInRows() {
        return along == output.shape().rank() - 1;
    }

    @Override
    public void backward(RunContext run) {
        if (dy != null) {
            move(true);
        }
    }

    private void move(boolean back) {
        boolean inRows = isInRows();
        int before = 0;
        for (int i = 0; i < values.size(); i++) {
            JoinedValue joined = values.get(i);
            if (!back || joined.wantsGradient()) {
                if (inRows) {
                    moveColumns(joined, (long) before * Float.BYTES, back);
                } else {
                    moveRows(joined, before, back);
                }
            }
            before += inRows ? joined.value().columns() : block(joined.value());
        }
    }

    /** Rows of one index of the axes before the one that is joined along. */
    private int block(Value of) {
        int rows = of.batch();
        for (int axis = along; axis < of.shape().rank() - 1; axis++) {
            rows *= Math.toIntExact(of.shape().dim(axis));
        }
        return rows;
    }

    private void moveColumns(JoinedValue joined, long offsetBytes, boolean back) {
        for (int row = 0; row < output.rows(); row++) {
            move(joined, row, row, offsetBytes, back);
        }
    }

    private void moveRows(JoinedValue joined, int before, boolean back) {
        int own = block(joined.value());
        int all = block(output);
        for (int row = 0; row < joined.value().rows(); row++) {
            move(joined, row, row / own * all + before + row % own, 0, back);
        }
    }

    private void move(JoinedValue joined, int row, int place, long offsetBytes, boolean back) {
        if (back) {
            joined.give(row, dy, place, offsetBytes);
        } else {
            joined.place(row, y, place, offsetBytes);
        }
    }

    private void combineMasks() {
        int first = 0;
        for (int i = 0; along == 1 && i < values.size(); i++) {
            int rows = values.get(i).value().batch() * Math.toIntExact(values.get(i).value().shape().dim(1));
            for (int row = 0; row < rows; row++) {
                set(first + row, values.get(i).counts(row));
            }
            first += rows;
        }
        for (int row = 0; along != 1 && row < mask.rows(); row++) {
            combineMasks(row);
        }
    }

    private void combineMasks(int row) {
        boolean counts = false;
        for (int i = 0; i < values.size(); i++) {
            counts |= values.get(i).counts(row);
        }
        set(row, counts);
    }

    private void set(int row, boolean counts) {
        steps.segment().set(JAVA_INT, steps.at(row), counts ? 1 : 0);
    }
}
