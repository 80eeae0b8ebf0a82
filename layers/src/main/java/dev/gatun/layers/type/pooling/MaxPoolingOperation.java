package dev.gatun.layers.type.pooling;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.memory.Shape;

/** The largest of the numbers in a window; the first of several has the gradient. Where one is NaN it counts as the largest. */
final class MaxPoolingOperation extends WindowOperation {

    MaxPoolingOperation(PlanContext context, Shape shape, PoolWindows windows) {
        super(context, shape, windows);
    }

    @Override
    void forward(int row, int first, int end) {
        RowCopy.copyRow(x, first, y, row, output.columns());
        for (int from = first + output.batch(); from < end; from += output.batch()) {
            BlockArithmetic.max(x.segment(), x.at(from), y.segment(), y.at(row), Strips.padded(output.columns()));
        }
    }

    @Override
    void back(int row, int first, int end) {
        for (int column = 0; column < output.columns(); column++) {
            int best = first;
            for (int from = first + output.batch(); from < end; from += output.batch()) {
                if (isLarger(number(x, from, column), number(x, best, column))) {
                    best = from;
                }
            }
            set(dx, best, column, number(dx, best, column) + number(dy, row, column));
        }
    }

    private static boolean isLarger(float next, float best) {
        return next > best || Float.isNaN(next) && !Float.isNaN(best);
    }
}
