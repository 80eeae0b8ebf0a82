package dev.gatun.layers.type.rnn;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.List;

/** Copies rows of a sequence in the opposite order of its steps. */
final class TurnOperation implements Operation {

    private final Value from;
    private final Value to;
    private RowsView source;
    private RowsView target;
    private RowsView sourceGradient;
    private RowsView targetGradient;
    private boolean add;

    TurnOperation(PlanContext context) {
        this.from = context.arguments().input();
        this.to = context.output("", from.shape());
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
            RowCopy.copyRow(source, turned(row), target, row, to.columns());
        }
    }

    @Override
    public void backward(RunContext run) {
        for (int row = 0; sourceGradient != null && row < to.rows(); row++) {
            RowCopy.passRow(targetGradient, turned(row), sourceGradient, row, add, to.columns());
        }
    }

    private long turned(int row) {
        int batch = to.batch();
        return (long) (to.time() - 1 - row / batch) * batch + row % batch;
    }
}
