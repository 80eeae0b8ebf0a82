package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Layer;
import dev.gatun.layers.RecurrentLayer;
import java.util.Set;

/**
 * A recurrent layer of both directions: what both give side by side, then the states of the forward half, then those of the
 * backward half.
 *
 * @param forward   the forward half
 * @param backward  the backward half
 * @param sequences whether what both give is the sequence, or the last step
 */
record BothChoice(RecurrentLayer<?> forward, RecurrentLayer<?> backward, boolean sequences) implements LayerChoice {

    static final int MERGED = 0;
    /** The first of the states. */
    static final int STATES = 1;

    @Override
    public Layer layer(Set<Integer> read) {
        boolean states = !Set.of(MERGED).containsAll(read);
        RecurrentLayer<?> first = forward.returnSequences(sequences).returnState(states);
        RecurrentLayer<?> second = backward.returnSequences(sequences).returnState(states);
        return first.goBackwards().equals(second) ? Bidirectional.of(first) : Bidirectional.of(first, second);
    }
}
