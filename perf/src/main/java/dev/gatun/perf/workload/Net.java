package dev.gatun.perf.workload;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;

/** A network over sequences [B,T,I], in numbers, so that every engine can build the same. */
public interface Net {

    /** Of the input, batch first. */
    Shape shape();

    /** Of the output, batch first: [B,N], or [B,T,N] with an output for each step. */
    Shape outputShape();

    /** A new model, with weights from seed 0. */
    Model model();

    /** Operations of one forward pass in its products; a fused multiply-add counts as two. */
    double forwardFlops();

    /** Whether there is an output for each step. */
    default boolean perStep() {
        return outputShape().rank() == 3;
    }
}
