package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.layers.Layer;
import dev.gatun.layers.RecurrentLayer;
import java.util.Set;

/** A recurrent layer whose last output need not be its last state, as with masks. */
record LoopChoice(RecurrentLayer<?> plain) implements LayerChoice {

    static final int SEQUENCE = 0;
    /** The first of the states. */
    static final int STATES = 1;
    /** What is given of the last step. */
    static final int SHOWN = 8;

    @Override
    public Layer layer(Set<Integer> read) {
        boolean hasStates = read.stream().anyMatch(output -> output >= STATES && output < SHOWN);
        return plain.returnSequences(read.contains(SEQUENCE)).returnState(hasStates);
    }

    /** @throws IllegalArgumentException if both the sequence and what is shown of its last step are read */
    @Override
    public int place(int output, Set<Integer> read) {
        if (output == SHOWN && read.contains(SEQUENCE)) {
            throw new IllegalArgumentException("a loop gives all steps and the last one of them");
        }
        return output == SHOWN ? SEQUENCE : output;
    }
}
