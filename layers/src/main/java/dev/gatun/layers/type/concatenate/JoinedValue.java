package dev.gatun.layers.type.concatenate;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/** One of the values that are laid behind each other. */
final class JoinedValue {

    private final Value value;
    private RowsView x;
    private RowsView mask;
    private RowsView dx;
    private boolean add;

    JoinedValue(Value value) {
        this.value = value;
    }

    void bind(MemorySegment workspace, boolean goesBack) {
        x = value.rows(workspace);
        mask = value.mask() == null ? null : value.mask().rows(workspace);
        if (goesBack && value.requiresGradient()) {
            dx = value.gradient(workspace);
            add = value.claimGradient();
        }
    }

    Value value() {
        return value;
    }

    /** All steps of a value without a mask count. */
    boolean counts(int maskRow) {
        return mask == null || mask.segment().get(JAVA_INT, mask.at(maskRow)) != 0;
    }

    /** A row to a place in a row of the result. */
    void place(int row, RowsView y, int joined, long offsetBytes) {
        MemorySegment.copy(x.segment(), x.at(row), y.segment(), y.at(joined) + offsetBytes,
                (long) value.columns() * Float.BYTES);
    }

    boolean wantsGradient() {
        return dx != null;
    }

    /** The gradient of a row, from its place in a row of the result's. */
    void give(int row, RowsView dy, int joined, long offsetBytes) {
        long from = dy.at(joined) + offsetBytes;
        long to = dx.at(row);
        for (int column = 0; column < value.columns(); column++, from += Float.BYTES, to += Float.BYTES) {
            float part = dy.segment().get(JAVA_FLOAT, from);
            dx.segment().set(JAVA_FLOAT, to, add ? dx.segment().get(JAVA_FLOAT, to) + part : part);
        }
    }
}
