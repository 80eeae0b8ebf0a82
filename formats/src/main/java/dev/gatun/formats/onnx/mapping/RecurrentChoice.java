package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.layers.Layer;
import dev.gatun.layers.RecurrentLayer;
import java.util.Set;

/** A recurrent layer of one direction: the sequence, then the states; what is not read is not returned. */
record RecurrentChoice(RecurrentLayer<?> plain, boolean isMasked) implements LayerChoice {

    static final int SEQUENCE = 0;
    /** The first of the states. */
    static final int STATES = 1;

    @Override
    public Layer layer(Set<Integer> read) {
        return plain.returnSequences(read.contains(SEQUENCE)).returnState(returnsState(read));
    }

    private static boolean returnsState(Set<Integer> read) {
        return read.contains(SEQUENCE) ? read.size() > 1 : !Set.of(STATES).containsAll(read);
    }

    /** The last h is what a layer gives that returns no sequence. */
    @Override
    public int place(int output, Set<Integer> read) {
        return output == STATES && !read.contains(SEQUENCE) ? 0 : output;
    }
}
