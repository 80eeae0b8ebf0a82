package dev.gatun.layers.type.softmax;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;

/** Numbers that are summed together are brought side by side, go through the softmax of a row, and back to where they belong. */
final class SoftmaxOperation extends OneToOneOperation {

    private static final ActivationFormula FORMULA = ActivationFormula.of("softmax");
    /** What is gathered: numbers, what becomes of them, gradients. */
    private static final int ROWS = 3;

    private final Value mask;
    private final boolean overSteps;
    private final boolean overFeatures;
    private final int ld;
    private final Slot slot;
    private RowsView steps;
    private RowsView together;

    SoftmaxOperation(BuiltSoftmax layer, PlanContext context, Shape shape) {
        super(context, shape);
        this.mask = context.arguments().inputs().size() > 1 ? context.arguments().inputs().get(1) : null;
        this.overFeatures = layer.isOver(shape.rank() - 1, shape.rank());
        this.overSteps = shape.rank() > 2 && layer.isOver(1, shape.rank());
        this.ld = LeadingDimension.of((overSteps ? input.time() : 1) * (overFeatures ? input.columns() : 1));
        this.slot = context.workspace("numbers side by side", ROWS, ld);
    }

    @Override
    protected void bound(Memory memory) {
        together = new RowsView(memory.workspace(), slot.baseBytes(), (long) ld * Float.BYTES);
        steps = mask == null ? null : mask.rows(memory.workspace());
    }

    /** How many numbers are summed together. */
    private int count() {
        return (overSteps ? input.time() : 1) * (overFeatures ? input.columns() : 1);
    }

    /** The row of the i-th number of those that are summed with this one. */
    private long row(int i, int step, int sample) {
        int at = overSteps ? i / (overFeatures ? input.columns() : 1) : step;
        return (long) at * input.batch() + sample;
    }

    private int column(int i, int column) {
        return overFeatures ? i % input.columns() : column;
    }

    @Override
    public void forward(RunContext run) {
        for (int sample = 0; sample < input.batch(); sample++) {
            for (int step = 0; step < (overSteps ? 1 : input.time()); step++) {
                for (int column = 0; column < (overFeatures ? 1 : input.columns()); column++) {
                    forward(step, sample, column);
                }
            }
        }
    }

    private void forward(int step, int sample, int column) {
        int count = count();
        boolean any = false;
        for (int i = 0; i < count; i++) {
            boolean counts = steps == null || counts(row(i, step, sample), column(i, column));
            float number = x.segment().get(JAVA_FLOAT, at(x, i, step, sample, column));
            together.segment().set(JAVA_FLOAT, together.at(0) + (long) i * Float.BYTES,
                    counts ? number : Float.NEGATIVE_INFINITY);
            any |= counts;
        }
        if (any) {
            RowActivation.forward(FORMULA, together.segment(), together.at(0), together.segment(), together.at(1),
                    count);
        }
        for (int i = 0; i < count; i++) {
            y.segment().set(JAVA_FLOAT, at(y, i, step, sample, column), any ? number(1, i) : 0f);
        }
    }

    private long at(RowsView rows, int i, int step, int sample, int column) {
        return rows.at(row(i, step, sample)) + (long) column(i, column) * Float.BYTES;
    }

    private float number(int row, int i) {
        return together.segment().get(JAVA_FLOAT, together.at(row) + (long) i * Float.BYTES);
    }

    /** An axis of size 1 stands for all. */
    private boolean counts(long row, int column) {
        int batch = input.batch();
        long sample = row % batch;
        long features = mask.shape().last();
        long number = features == 1 ? 0 : column;
        if (mask.shape().rank() > 2 && mask.shape().dim(1) > 1) {
            number += row / batch * features;
        }
        return steps.segment().get(JAVA_INT, steps.at(number * batch + sample)) != 0;
    }

    @Override
    protected void back(RunContext run) {
        for (int sample = 0; sample < input.batch(); sample++) {
            for (int step = 0; step < (overSteps ? 1 : input.time()); step++) {
                for (int column = 0; column < (overFeatures ? 1 : input.columns()); column++) {
                    back(step, sample, column);
                }
            }
        }
    }

    private void back(int step, int sample, int column) {
        int count = count();
        for (int i = 0; i < count; i++) {
            long to = (long) i * Float.BYTES;
            together.segment().set(JAVA_FLOAT, together.at(1) + to,
                    y.segment().get(JAVA_FLOAT, at(y, i, step, sample, column)));
            together.segment().set(JAVA_FLOAT, together.at(2) + to,
                    dy.segment().get(JAVA_FLOAT, at(dy, i, step, sample, column)));
        }
        RowActivation.backward(FORMULA, together.segment(), together.at(0), together.at(1), together.at(2),
                together.at(2), count);
        for (int i = 0; i < count; i++) {
            long at = at(dx, i, step, sample, column);
            float before = addToDx ? dx.segment().get(JAVA_FLOAT, at) : 0f;
            dx.segment().set(JAVA_FLOAT, at, before + number(2, i));
        }
    }
}
