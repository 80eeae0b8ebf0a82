package dev.gatun.layers.runtime;

import dev.gatun.layers.Mask;
import dev.gatun.layers.graph.Graph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which input each mask is for. */
final class MaskCheck {

    private MaskCheck() {}

    /**
     * A mask for each input of a graph.
     *
     * @param masks none, one for the only sequence among the inputs, or one for each input
     * @throws IllegalArgumentException if there are others, or it is not clear whose the one is
     */
    static List<Mask> forEach(Graph graph, List<Mask> masks) {
        int inputs = graph.inputs().size();
        if (masks.isEmpty() || masks.size() == inputs && inputs > 1) {
            return masks;
        }
        List<String> names = new ArrayList<>();
        for (int input = 0; input < inputs; input++) {
            names.add(graph.inputName(input));
        }
        if (masks.size() > 1) {
            throw new IllegalArgumentException("Model '" + graph.name() + "' has " + inputs + " input(s) " + names
                    + ", got " + masks.size() + " masks; give one for each, Mask.NONE for an input that needs none");
        }
        List<Integer> sequences = graph.sequences();
        if (sequences.size() != 1) {
            throw new IllegalArgumentException("Model '" + graph.name() + "' has " + sequences.size()
                    + " inputs of sequences among " + names + ", so one mask "
                    + (sequences.isEmpty()
                            ? "has nothing to leave out; leave it away"
                            : "could be for any of them; give a list with one for each input, Mask.NONE for one that "
                                    + "needs none"));
        }
        List<Mask> all = new ArrayList<>(Collections.nCopies(inputs, Mask.NONE));
        all.set(sequences.getFirst(), masks.getFirst());
        return all;
    }
}
