package dev.gatun.layers.type.stepmask;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.List;

/** Rows of steps as the rows of a mask, which lie time-major; through a mask no gradient goes back. */
final class StepMaskOperation implements Operation {

    private final Value input;
    private final Value mask;
    private final Grid source;
    private RowsView x;
    private RowsView steps;

    StepMaskOperation(PlanContext context) {
        this.input = context.arguments().input();
        this.mask = context.maskOutput(input.shape());
        this.source = new Grid(input);
    }

    @Override
    public List<Value> outputs() {
        return List.of(mask);
    }

    @Override
    public void bind(Memory memory) {
        x = input.rows(memory.workspace());
        steps = mask.rows(memory.workspace());
    }

    @Override
    public void resize() {
        source.resize();
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < mask.rows(); row++) {
            long at = x.at(0) + row % mask.batch() * source.bytes(0)
                    + row / mask.batch() * source.bytes(Grid.AXES - 1);
            steps.segment().set(JAVA_INT, steps.at(row), source.number(x, at) != 0 ? 1 : 0);
        }
    }

    @Override
    public void backward(RunContext run) {
        // A mask has no gradient.
    }
}
