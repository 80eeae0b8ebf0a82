package dev.gatun.layers.plan;

import dev.gatun.engine.gemm.RowsView;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** One call of a layer at known sizes. Made once, run often; runs allocate nothing. */
public interface Operation {

    /** Where the outputs are. */
    List<Value> outputs();

    /**
     * Called once when memory exists, in the order of the backward pass (last operation first), so that an operation knows
     * which of its outputs have gradients and whether an input's gradient is already claimed.
     */
    void bind(Memory memory);

    void forward(RunContext run);

    /** Reads the outputs' gradients, writes or adds the inputs', adds those of the weights. */
    void backward(RunContext run);

    /**
     * This operation and the one that follows it as one, or null if they run one after the other. Asked in plans that only go
     * forward.
     */
    default Operation joined(Operation next) {
        return null;
    }

    /** The gradients of the initial state after {@link #backward}, h then c; empty for layers without a state. */
    default List<RowsView> stateGradients() {
        return List.of();
    }

    /** The segments of a plan.
     *
     * @param workspace  values, workspace and scratch
     * @param parameters weights, packed
     * @param gradients  gradients of the weights, or null if the plan only goes forward
     */
    record Memory(MemorySegment workspace, MemorySegment parameters, MemorySegment gradients) {}
}
