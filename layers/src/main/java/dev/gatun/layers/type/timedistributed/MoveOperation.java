package dev.gatun.layers.type.timedistributed;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * Moves rows between [B,T,S,F], whose row (t S + s) B + b is the one of sample b, step t and inner step s, and [T B,S,F], where
 * sample t B + b has it in row s T B + t B + b; without inner steps rows lie equally in both.
 */
final class MoveOperation implements Operation {

    private final Value whole;
    private final Value from;
    private final Value to;
    private final boolean back;
    private RowsView source;
    private RowsView target;
    private RowsView sourceGradient;
    private RowsView targetGradient;
    private boolean add;

    /** @param back whether samples become steps again */
    MoveOperation(PlanContext context, boolean back, Shape shape) {
        this.whole = context.arguments().input();
        this.from = context.arguments().inputs().getLast();
        this.back = back;
        this.to = context.output("", shape);
    }

    @Override
    public List<Value> outputs() {
        return List.of(to);
    }

    @Override
    public void bind(Memory memory) {
        source = from.rows(memory.workspace());
        target = to.rows(memory.workspace());
        if (from.requiresGradient() && to.requiresGradient() && to.hasGradient()) {
            sourceGradient = from.gradient(memory.workspace());
            targetGradient = to.gradient(memory.workspace());
            add = from.claimGradient();
        }
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < to.rows(); row++) {
            RowCopy.copyRow(source, sourceRow(row), target, row, to.columns());
        }
    }

    @Override
    public void backward(RunContext run) {
        for (int row = 0; sourceGradient != null && row < to.rows(); row++) {
            RowCopy.passRow(targetGradient, row, sourceGradient, sourceRow(row), add, to.columns());
        }
    }

    /** The row that a row of the target comes from. */
    private long sourceRow(int row) {
        int batch = whole.batch();
        int samples = Math.toIntExact(batch * whole.shape().dim(1));
        int steps = to.rows() / Math.max(1, samples);
        if (back) {
            int time = row / (steps * batch);
            int step = row / batch % steps;
            return (long) step * samples + (long) time * batch + row % batch;
        }
        int step = row / samples;
        int sample = row % samples;
        return ((long) (sample / batch) * steps + step) * batch + sample % batch;
    }
}
