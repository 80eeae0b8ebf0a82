package dev.gatun.layers.type.constantstate;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Writes the numbers into the rows of a batch. What comes back ends here. */
final class ConstantOperation implements Operation {

    private final MemorySegment numbers;
    private final int rows;
    private final Value output;
    private RowsView y;

    ConstantOperation(ConstantState layer, PlanContext context) {
        this.numbers = MemorySegment.ofArray(layer.numbers());
        this.rows = layer.rows();
        this.output = context.constantOutput(Shape.of(context.arguments().input().batch(), layer.units()));
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        y = output.rows(memory.workspace());
    }

    @Override
    public void forward(RunContext run) {
        long bytes = (long) output.columns() * Float.BYTES;
        for (int sample = 0; sample < output.rows(); sample++) {
            MemorySegment.copy(numbers, sample % rows * bytes, y.segment(), y.at(sample), bytes);
        }
    }

    @Override
    public void backward(RunContext run) {
        // nothing here is made of what the call reads
    }
}
