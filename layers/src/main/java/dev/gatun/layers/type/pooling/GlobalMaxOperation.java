package dev.gatun.layers.type.pooling;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.memory.Shape;

/** The largest number of each feature over all steps; several equal ones share the gradient, as in Keras on TensorFlow. */
final class GlobalMaxOperation extends OneToOneOperation {

    GlobalMaxOperation(PlanContext context, Shape shape) {
        super(context, shape);
    }

    @Override
    public void forward(RunContext run) {
        for (int sample = 0; sample < input.batch(); sample++) {
            for (int column = 0; column < input.columns(); column++) {
                WindowOperation.set(y, sample, column, Float.NEGATIVE_INFINITY);
            }
        }
        for (int row = 0; row < input.rows(); row++) {
            BlockArithmetic.max(x.segment(), x.at(row), y.segment(), y.at(row % input.batch()),
                    Strips.padded(input.columns()));
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int sample = 0; sample < input.batch(); sample++) {
            for (int column = 0; column < input.columns(); column++) {
                back(sample, column);
            }
        }
    }

    private void back(int sample, int column) {
        float best = WindowOperation.number(y, sample, column);
        int equal = 0;
        for (int row = sample; row < input.rows(); row += input.batch()) {
            equal += isBest(row, column, best) ? 1 : 0;
        }
        float each = WindowOperation.number(dy, sample, column) / equal;
        for (int row = sample; row < input.rows(); row += input.batch()) {
            float own = isBest(row, column, best) ? each : 0f;
            WindowOperation.set(dx, row, column, addToDx ? WindowOperation.number(dx, row, column) + own : own);
        }
    }

    private boolean isBest(int row, int column, float best) {
        float number = WindowOperation.number(x, row, column);
        return number == best || Float.isNaN(number) && Float.isNaN(best);
    }
}
