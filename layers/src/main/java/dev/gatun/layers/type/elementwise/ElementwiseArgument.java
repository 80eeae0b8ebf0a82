package dev.gatun.layers.type.elementwise;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/** An argument of a function: a value whose numbers meet those of the result, or one number for all. */
final class ElementwiseArgument {

    private final Value value;
    private final Grid grid;
    private final float number;
    private RowsView x;
    private RowsView dx;
    private boolean add;
    private long at;
    private long step;

    private ElementwiseArgument(Value value, float number) {
        this.value = value;
        this.grid = value == null ? null : new Grid(value);
        this.number = number;
    }

    static ElementwiseArgument of(Value value) {
        return new ElementwiseArgument(value, 0);
    }

    static ElementwiseArgument of(double number) {
        return new ElementwiseArgument(null, (float) number);
    }

    void bind(MemorySegment workspace, boolean goesBack) {
        if (value == null) {
            return;
        }
        x = value.rows(workspace);
        if (goesBack && value.requiresGradient()) {
            dx = value.gradient(workspace);
            add = value.claimGradient();
        }
    }

    void resize() {
        if (grid != null) {
            grid.resize();
            step = grid.step(Grid.AXES - 1);
        }
    }

    /** Goes to the numbers that meet a row of the result. */
    void begin(int sample, int outer, int inner) {
        at = grid == null ? 0 : sample * grid.bytes(0) + outer * grid.step(1) + inner * grid.step(2);
    }

    float number(int column) {
        return value == null ? number : grid.number(x, x.at(0) + at + column * step);
    }

    boolean wantsGradient() {
        return dx != null;
    }

    void beginGradient() {
        if (!add) {
            RowCopy.clear(dx, value.rows(), value.columns());
        }
    }

    void give(int column, float part) {
        long place = dx.at(0) + at + column * step;
        dx.segment().set(JAVA_FLOAT, place, dx.segment().get(JAVA_FLOAT, place) + part);
    }
}
