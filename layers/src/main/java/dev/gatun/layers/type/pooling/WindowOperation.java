package dev.gatun.layers.type.pooling;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.operation.StepWindow;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;

/** Makes a step of the steps in a window, which may be fewer at the ends of a sequence. */
abstract class WindowOperation extends OneToOneOperation {

    private final StepWindow window;
    private int before;

    WindowOperation(PlanContext context, Shape shape, StepWindow window) {
        super(context, shape);
        this.window = window;
    }

    @Override
    public final void resize() {
        before = window.before(Math.toIntExact(input.shape().dim(1)));
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
        int step = row / output.batch() * window.stride() - before;
        return Math.max(0, step) * output.batch() + row % output.batch();
    }

    private int endRow(int row) {
        int step = row / output.batch() * window.stride() - before + window.size();
        return Math.min(step * output.batch(), input.rows());
    }

    static float number(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    static void set(RowsView rows, int row, int column, float value) {
        rows.segment().set(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES, value);
    }
}
