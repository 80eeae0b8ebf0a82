package dev.gatun.tests.own;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Row by row: {@code y = x gain}; back: {@code dx = dy gain}, and {@code dGain += sum over rows of dy x}, rows in order. */
final class GainOperation implements Operation {

    private final PlanContext context;
    private final Value input;
    private final Value output;
    private final long gainBytes;
    private MemorySegment parameters;
    private MemorySegment gradients;
    private RowsView x;
    private RowsView y;
    private RowsView dy;
    private RowsView dx;
    private boolean addToDx;

    GainOperation(PlanContext context) {
        this.context = context;
        this.input = context.arguments().input();
        this.output = context.output("", input.shape());
        this.gainBytes = context.weights().at(0);
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        parameters = memory.parameters();
        gradients = context.gradients(memory);
        x = input.rows(memory.workspace());
        y = output.rows(memory.workspace());
        if (output.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
        }
        if (dy != null && input.requiresGradient()) {
            dx = input.gradient(memory.workspace());
            addToDx = input.claimGradient();
        }
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            for (long at = 0; at < output.columns() * (long) Float.BYTES; at += Float.BYTES) {
                y.segment().set(JAVA_FLOAT, y.at(row) + at, number(x, row, at) * gain(at));
            }
        }
    }

    @Override
    public void backward(RunContext run) {
        if (dy == null) {
            return;
        }
        for (int row = 0; row < output.rows(); row++) {
            for (long at = 0; at < output.columns() * (long) Float.BYTES; at += Float.BYTES) {
                float slope = number(dy, row, at);
                float sum = gradients.get(JAVA_FLOAT, gainBytes + at);
                gradients.set(JAVA_FLOAT, gainBytes + at, Math.fma(slope, number(x, row, at), sum));
                dy.segment().set(JAVA_FLOAT, dy.at(row) + at, slope * gain(at));
            }
            if (dx != null) {
                RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
            }
        }
    }

    private float gain(long at) {
        return parameters.get(JAVA_FLOAT, gainBytes + at);
    }

    private static float number(RowsView rows, int row, long at) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + at);
    }
}
