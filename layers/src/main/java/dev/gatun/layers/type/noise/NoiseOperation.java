package dev.gatun.layers.type.noise;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.RandomOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;

/** Noise in a training plan, made anew from its counter on the way back; no noise elsewhere. */
abstract class NoiseOperation extends RandomOperation {

    private final boolean isNoisy;

    /** @param amount of noise; with 0 the operation passes everything through */
    NoiseOperation(PlanContext context, double amount) {
        super(context);
        this.isNoisy = context.mode().dropout() && amount > 0;
    }

    /** A number, whose random number is at a position. */
    abstract float noisy(float number, RunContext run, long position);

    /** The gradient of a number from that of the noisy one. */
    abstract float back(float gradient, RunContext run, long position);

    /** The position of a row's first random number. */
    long positions(int row) {
        return position(row);
    }

    @Override
    public final void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            if (!isNoisy) {
                RowCopy.copyRow(x, row, y, row, output.columns());
                continue;
            }
            long first = positions(row);
            for (int column = 0; column < output.columns(); column++) {
                set(y, row, column, noisy(get(x, row, column), run, first + column));
            }
        }
    }

    @Override
    protected final void back(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            long first = positions(row);
            for (int column = 0; isNoisy && column < output.columns(); column++) {
                set(dy, row, column, back(get(dy, row, column), run, first + column));
            }
            RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
        }
    }

    private static float get(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    private static void set(RowsView rows, int row, int column, float number) {
        rows.segment().set(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES, number);
    }
}
