package dev.gatun.layers.type.pooling;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;

/** Makes a step of the steps in a window, which may be fewer at the ends of a sequence. */
abstract class WindowOperation extends OneToOneOperation {

    private final PoolWindows windows;

    WindowOperation(PlanContext context, Shape shape, PoolWindows windows) {
        super(context, shape);
        this.windows = windows;
    }

    @Override
    public final void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            forward(row, firstRow(row), endRow(row));
        }
    }

    @Override
    protected final void back(RunContext run) {
        if (!addToDx) {
            RowCopy.clear(dx, input.rows(), input.columns());
        }
        for (int row = 0; row < output.rows(); row++) {
            back(row, firstRow(row), endRow(row));
        }
    }

    /** Makes a row of the output of rows {@code first}, {@code first + B} ... below {@code end} of the input. */
    abstract void forward(int row, int first, int end);

    /** Adds the gradient of a row of the output to those rows'. */
    abstract void back(int row, int first, int end);

    private int firstRow(int row) {
        return windows.first(row / output.batch(), inputs()) * output.batch() + row % output.batch();
    }

    private int endRow(int row) {
        return windows.end(row / output.batch(), inputs()) * output.batch();
    }

    private int inputs() {
        return input.rows() / input.batch();
    }

    static float number(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    static void set(RowsView rows, int row, int column, float value) {
        rows.segment().set(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES, value);
    }
}
