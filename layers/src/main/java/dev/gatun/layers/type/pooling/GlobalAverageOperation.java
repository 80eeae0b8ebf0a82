package dev.gatun.layers.type.pooling;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;

/** The mean of each feature over the steps that count: their sum over increasing steps, divided by how many there are. */
final class GlobalAverageOperation extends OneToOneOperation {

    private final Value mask;
    private RowsView steps;

    GlobalAverageOperation(PlanContext context, Shape shape) {
        super(context, shape);
        this.mask = context.mask();
    }

    @Override
    public void resize() {
        steps = mask == null ? null : mask.rows(x.segment());
    }

    @Override
    public void forward(RunContext run) {
        RowCopy.clear(y, output.rows(), output.columns());
        for (int row = 0; row < input.rows(); row++) {
            if (counts(row)) {
                RowCopy.passRow(x, row, y, row % input.batch(), true, input.columns());
            }
        }
        for (int sample = 0; sample < input.batch(); sample++) {
            divide(y, sample, count(sample));
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int sample = 0; sample < input.batch(); sample++) {
            divide(dy, sample, count(sample));
        }
        for (int row = 0; row < input.rows(); row++) {
            if (counts(row)) {
                RowCopy.passRow(dy, row % input.batch(), dx, row, addToDx, input.columns());
            } else if (!addToDx) {
                RowCopy.clearRow(dx, row, input.columns());
            }
        }
    }

    private void divide(RowsView rows, int row, float count) {
        for (int column = 0; column < input.columns(); column++) {
            WindowOperation.set(rows, row, column, WindowOperation.number(rows, row, column) / count);
        }
    }

    private boolean counts(int row) {
        return MaskRows.counts(steps, row);
    }

    private int count(int sample) {
        int count = 0;
        for (int row = sample; row < input.rows(); row += input.batch()) {
            count += counts(row) ? 1 : 0;
        }
        return count;
    }
}
