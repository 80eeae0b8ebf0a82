package dev.gatun.layers.type.pooling;

import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.memory.Shape;

/** The mean of the numbers in a window: their sum over increasing steps, divided by how many are there. */
final class AveragePoolingOperation extends WindowOperation {

    AveragePoolingOperation(PlanContext context, Shape shape, PoolWindows windows) {
        super(context, shape, windows);
    }

    @Override
    void forward(int row, int first, int end) {
        float count = count(first, end);
        RowCopy.clearRow(y, row, output.columns());
        for (int from = first; from < end; from += output.batch()) {
            RowCopy.passRow(x, from, y, row, true, output.columns());
        }
        for (int column = 0; column < output.columns(); column++) {
            set(y, row, column, number(y, row, column) / count);
        }
    }

    @Override
    void back(int row, int first, int end) {
        float count = count(first, end);
        for (int column = 0; column < output.columns(); column++) {
            set(dy, row, column, number(dy, row, column) / count);
        }
        for (int from = first; from < end; from += output.batch()) {
            RowCopy.passRow(dy, row, dx, from, true, output.columns());
        }
    }

    private int count(int first, int end) {
        return (end - first + output.batch() - 1) / output.batch();
    }
}
