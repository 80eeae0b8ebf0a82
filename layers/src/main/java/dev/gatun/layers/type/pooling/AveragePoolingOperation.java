package dev.gatun.layers.type.pooling;

import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;

/** The mean of the numbers in a window: their sum over increasing steps, divided by how many are there. */
final class AveragePoolingOperation extends WindowOperation {

    AveragePoolingOperation(PlanContext context, Shape shape, PoolWindows windows) {
        super(context, shape, windows);
    }

    @Override
    void forward(int row, int first, int end) {
        float count = count(first, end);
        for (int column = 0; column < output.columns(); column++) {
            float sum = 0;
            for (int from = first; from < end; from += output.batch()) {
                sum += number(x, from, column);
            }
            set(y, row, column, sum / count);
        }
    }

    @Override
    void back(int row, int first, int end) {
        float count = count(first, end);
        for (int column = 0; column < output.columns(); column++) {
            float each = number(dy, row, column) / count;
            for (int from = first; from < end; from += output.batch()) {
                set(dx, from, column, number(dx, from, column) + each);
            }
        }
    }

    private int count(int first, int end) {
        return (end - first + output.batch() - 1) / output.batch();
    }
}
