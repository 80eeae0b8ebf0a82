package dev.gatun.layers.type.merge;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges values number by number, row after row, from the first value to the last. If all of them have masks there is one more
 * output, the mask of the steps that count in one of them.
 */
final class ArithmeticOperation implements RowOperation {

    private final MergeFunction function;
    private final List<MergedValue> values = new ArrayList<>();
    private final Value output;
    private final Value mask;
    private final float[] gradient;
    private RowsView y;
    private RowsView dy;
    private RowsView steps;

    ArithmeticOperation(MergeFunction function, PlanContext context, Shape shape) {
        this.function = function;
        context.arguments().inputs().forEach(value -> values.add(new MergedValue(value)));
        this.output = context.output("", shape);
        boolean allMasked = context.arguments().inputs().stream().allMatch(value -> value.mask() != null);
        this.mask = allMasked
                ? context.maskOutput(Shape.of(shape.dim(0), shape.dim(1)))
                : null;
        this.gradient = new float[context.requiresGradient() ? Math.toIntExact(shape.last()) : 0];
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
        for (MergedValue value : values) {
            value.bind(memory.workspace(), goesBack);
        }
    }

    @Override
    public void resize() {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).resize(output);
        }
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            merge(row);
            if (steps != null) {
                combineMasks(output.maskRow(row));
            }
        }
    }

    private void merge(int row) {
        int columns = output.columns();
        boolean begun = false;
        for (int i = 0; i < values.size(); i++) {
            if (takes(i, row)) {
                if (begun) {
                    values.get(i).merge(function, row, y, columns);
                } else {
                    values.get(i).place(row, y, columns);
                    begun = true;
                }
            }
        }
        if (!begun && function == MergeFunction.MULTIPLY) {
            RowCopy.clearRow(y, row, columns);
        } else if (!begun) {
            values.getFirst().place(row, y, columns);
        } else if (function == MergeFunction.AVERAGE) {
            divide(row);
        }
    }

    /** Whether a row of the result is made of this value. */
    private boolean takes(int value, int row) {
        return !function.goesByMasks() || values.get(value).counts(row);
    }

    private void divide(int row) {
        for (int column = 0; column < output.columns(); column++) {
            long at = y.at(row) + (long) column * Float.BYTES;
            y.segment().set(JAVA_FLOAT, at, y.segment().get(JAVA_FLOAT, at) / values.size());
        }
    }

    private void combineMasks(int step) {
        boolean counts = false;
        for (int i = 0; i < values.size(); i++) {
            counts |= values.get(i).counts(step / output.batch(), step % output.batch());
        }
        steps.segment().set(JAVA_INT, steps.at(step), counts ? 1 : 0);
    }

    @Override
    public void backward(RunContext run) {
        if (dy == null) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).wantsGradient()) {
                values.get(i).beginGradient();
                for (int row = 0; row < output.rows(); row++) {
                    if (hasPart(i, row)) {
                        values.get(i).give(row, gradient, output.columns());
                    }
                }
            }
        }
    }

    /** Lays the gradient that a row of the result has for a value ready, unless it has none. */
    private boolean hasPart(int value, int row) {
        boolean takes = takes(value, row);
        if (!takes && (value > 0 || function == MergeFunction.MULTIPLY || isTaken(row))) {
            return false;
        }
        for (int column = 0; column < output.columns(); column++) {
            float part = dy.segment().get(JAVA_FLOAT, dy.at(row) + (long) column * Float.BYTES);
            gradient[column] = switch (function) {
                case ADD, MULTIPLY -> part;
                case SUBTRACT -> value == 0 ? part : -part;
                case AVERAGE -> part / values.size();
                case MAXIMUM, MINIMUM -> !takes || isChosen(value, row, column) ? part : 0;
            };
        }
        for (int other = 0; function == MergeFunction.MULTIPLY && other < values.size(); other++) {
            if (other != value && takes(other, row)) {
                values.get(other).multiply(row, gradient, output.columns());
            }
        }
        return true;
    }

    /** Whether a row of the result is made of any value that counts there. */
    private boolean isTaken(int row) {
        for (int i = 0; i < values.size(); i++) {
            if (takes(i, row)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a number is the largest or smallest: the first of equal ones. */
    private boolean isChosen(int value, int row, int column) {
        int chosen = -1;
        float best = 0;
        for (int i = 0; i < values.size(); i++) {
            if (takes(i, row)) {
                float number = values.get(i).number(row, column);
                if (chosen < 0 || !function.keeps(best, number)) {
                    chosen = i;
                    best = number;
                }
            }
        }
        return chosen == value;
    }
}
