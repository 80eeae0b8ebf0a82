package dev.gatun.layers.type.prelu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.LearnedOperation;
import dev.gatun.layers.operation.WeightGrid;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;

/** x, or alpha x below zero. */
final class PReluOperation extends LearnedOperation implements RowOperation {

    private final WeightGrid alphas;
    private final long alphaBytes;

    PReluOperation(WeightGrid alphas, PlanContext context) {
        super(context);
        this.alphas = alphas;
        this.alphaBytes = context.weights().at(0);
    }

    private long alpha(int row, int column) {
        return alphaBytes + alphas.bytes(row / output.batch(), column);
    }

    private static float number(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    @Override
    public void forward(RunContext run) {
        forwardRows(run, 0, output.rows());
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        for (int row = first; row < first + count; row++) {
            for (int column = 0; column < output.columns(); column++) {
                float value = number(x, row, column);
                y.segment().set(JAVA_FLOAT, y.at(row) + (long) column * Float.BYTES,
                        value < 0 ? weight(alpha(row, column)) * value : value);
            }
        }
    }

    @Override
    protected void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            for (int column = 0; column < output.columns(); column++) {
                float value = number(x, row, column);
                float up = number(dy, row, column);
                if (gradients != null && !(value >= 0)) {
                    addGradient(alpha(row, column), up * value);
                }
                if (dx != null) {
                    // At zero neither side has a slope, as in Keras; and that at NaN is NaN.
                    float slope = value < 0 ? weight(alpha(row, column)) : value > 0 ? 1 : value;
                    give(dx.at(row) + (long) column * Float.BYTES, slope * up);
                }
            }
        }
    }
}
