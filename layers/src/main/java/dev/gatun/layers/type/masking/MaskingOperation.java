package dev.gatun.layers.type.masking;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.Masking;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * The rows of x that count, zeros in the place of the others, and which they are. Nothing is multiplied: zero times what stands
 * under a mask would be NaN if that is.
 */
final class MaskingOperation implements Operation {

    private final float value;
    private final Value input;
    private final Value given;
    private final Value output;
    private final Value mask;
    private RowsView x;
    private RowsView givenRows;
    private RowsView y;
    private RowsView steps;
    private RowsView dy;
    private RowsView dx;
    private boolean addToDx;

    MaskingOperation(Masking layer, PlanContext context) {
        this.value = (float) layer.value();
        this.input = context.arguments().input();
        this.given = context.mask();
        this.output = context.output("", input.shape());
        this.mask = context.maskOutput(Shape.of(input.shape().dim(0), input.shape().dim(1)));
    }

    @Override
    public List<Value> outputs() {
        return List.of(output, mask);
    }

    @Override
    public void bind(Memory memory) {
        x = input.rows(memory.workspace());
        givenRows = given == null ? null : given.rows(memory.workspace());
        y = output.rows(memory.workspace());
        steps = mask.rows(memory.workspace());
        if (input.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
            dx = input.gradient(memory.workspace());
            addToDx = input.claimGradient();
        }
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            boolean counts = (givenRows == null || isSet(givenRows, row)) && differs(row);
            steps.segment().set(JAVA_INT, steps.at(row), counts ? 1 : 0);
            if (counts) {
                RowCopy.copyRow(x, row, y, row, output.columns());
            } else {
                RowCopy.clearRow(y, row, output.columns());
            }
        }
    }

    private boolean differs(int row) {
        long end = x.at(row) + (long) input.columns() * Float.BYTES;
        for (long at = x.at(row); at < end; at += Float.BYTES) {
            if (x.segment().get(JAVA_FLOAT, at) != value) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSet(RowsView rows, int row) {
        return rows.segment().get(JAVA_INT, rows.at(row)) != 0;
    }

    @Override
    public void backward(RunContext run) {
        for (int row = 0; dy != null && row < output.rows(); row++) {
            if (isSet(steps, row)) {
                RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
            } else if (!addToDx) {
                RowCopy.clearRow(dx, row, output.columns());
            }
        }
    }
}
