package dev.gatun.layers.plan;

import dev.gatun.engine.gemm.RowsView;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One call of a layer, planned for the largest sizes it may have. Made once, run often; a run reads the sizes that count from
 * its values and allocates nothing.
 */
public interface Operation {

    /** {@return where the outputs are} */
    List<Value> outputs();

    /**
     * Called when memory exists, in the order of the backward pass (last operation first), so that an operation knows which of
     * its outputs have gradients and whether an input's gradient is already claimed. In plans that only go forward it is
     * called again whenever the weights are elsewhere.
     *
     * @param memory the segments of the plan
     */
    void bind(Memory memory);

    /** Called when the sizes of the values have changed; after {@link #bind} too. */
    default void resize() {
        // what reads its sizes from the values in every run has nothing to do
    }

    /**
     * Computes the outputs.
     *
     * @param run what differs from one run to the next
     */
    void forward(RunContext run);

    /**
     * Reads the outputs' gradients, writes or adds the inputs', adds those of the weights.
     *
     * @param run that of forward
     */
    void backward(RunContext run);

    /**
     * Writes what the layer carries to the rows of the stream, {@link RunContext#state}, or what it keeps to those of the model,
     * {@link RunContext#kept}; called once a step, or a run of a model with stateful layers, has ended well.
     *
     * @param run that of forward
     */
    default void keepState(RunContext run) {
        // most layers carry nothing
    }

    /**
     * Changes the buffers of the layer by what the run of {@link #forward} has seen: moving statistics, for example. Called once
     * for each batch of a training whose loss is a number, before {@link #backward}, and for no other run.
     *
     * @param run that of forward
     */
    default void learnBuffers(RunContext run) {
        // most layers keep no numbers themselves
    }

    /** {@return the gradients of the initial state after {@link #backward}, in the order of the states; empty if there are none} */
    default List<RowsView> stateGradients() {
        return List.of();
    }

    /**
     * The segments of a plan.
     *
     * @param workspace  values, workspace and scratch
     * @param zeros      one row of zeros, as long as was asked for
     * @param parameters trained weights, packed
     * @param buffers    numbers of the layers that no optimizer changes
     * @param gradients  gradients of the weights; null if the plan only goes forward or the layer is not trained
     */
    record Memory(
            MemorySegment workspace, RowsView zeros, MemorySegment parameters, MemorySegment buffers,
            MemorySegment gradients) {}
}
