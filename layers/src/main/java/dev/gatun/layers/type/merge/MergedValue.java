package dev.gatun.layers.type.merge;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/** One of the values that are merged: which of its rows meets a row of the result, and where its gradient goes. */
final class MergedValue {

    private final Value value;
    private RowsView x;
    private RowsView mask;
    private RowsView dx;
    private boolean add;
    private boolean sameRows;
    private int outerRows;
    private int innerRows;
    private int mergedInner;
    private long stepBytes;

    MergedValue(Value value) {
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

    /** Sizes against those of the result; axes that are missing, and those of one index, meet every index there. */
    void resize(Value merged) {
        outerRows = leading(value, 2);
        innerRows = leading(value, 1);
        mergedInner = leading(merged, 1);
        sameRows = value.rows() == merged.rows();
        stepBytes = value.columns() == merged.columns() ? Float.BYTES : 0;
    }

    /** The size of the axis that lies so many before the features; 1 for the batch and where there is none. */
    private static int leading(Value of, int before) {
        int axis = of.shape().rank() - 1 - before;
        return axis < 1 ? 1 : Math.toIntExact(of.shape().dim(axis));
    }

    /** The row that meets a row of the result. */
    private int row(int merged) {
        if (sameRows) {
            return merged;
        }
        int batch = value.batch();
        int lead = merged / batch;
        int outer = outerRows == 1 ? 0 : lead / mergedInner;
        int inner = innerRows == 1 ? 0 : lead % mergedInner;
        return (outer * innerRows + inner) * batch + merged % batch;
    }

    /** Whether the step that meets a row of the result counts. */
    boolean counts(int merged) {
        return mask == null || mask.segment().get(JAVA_INT, mask.at(value.maskRow(row(merged)))) != 0;
    }

    /** Whether a step of a sample counts, of a mask of which one step may stand for all. */
    boolean counts(int step, int sample) {
        int at = value.mask().time() == 1 ? 0 : step;
        return mask.segment().get(JAVA_INT, mask.at((long) at * value.batch() + sample)) != 0;
    }

    void place(int merged, RowsView y, int columns) {
        if (stepBytes > 0) {
            RowCopy.copyRow(x, row(merged), y, merged, columns);
            return;
        }
        float number = number(merged, 0);
        for (int column = 0; column < columns; column++) {
            y.segment().set(JAVA_FLOAT, y.at(merged) + (long) column * Float.BYTES, number);
        }
    }

    void merge(MergeFunction function, int merged, RowsView y, int columns) {
        function.merge(x.segment(), x.at(row(merged)), stepBytes, y.segment(), y.at(merged), columns);
    }

    float number(int merged, int column) {
        return x.segment().get(JAVA_FLOAT, x.at(row(merged)) + column * stepBytes);
    }

    /** {@code by *= x}. */
    void multiply(int merged, float[] by, int columns) {
        long at = x.at(row(merged));
        for (int column = 0; column < columns; column++) {
            by[column] *= x.segment().get(JAVA_FLOAT, at + column * stepBytes);
        }
    }

    boolean wantsGradient() {
        return dx != null;
    }

    void beginGradient() {
        if (!add) {
            RowCopy.clear(dx, value.rows(), value.columns());
        }
    }

    /** Adds what a row of the result gives, in the order of its numbers. */
    void give(int merged, float[] gradient, int columns) {
        long at = dx.at(row(merged));
        for (int column = 0; column < columns; column++) {
            long place = at + column * stepBytes;
            dx.segment().set(JAVA_FLOAT, place, dx.segment().get(JAVA_FLOAT, place) + gradient[column]);
        }
    }
}
