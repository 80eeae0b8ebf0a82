package dev.gatun.formats.build;

import dev.gatun.layers.Add;
import dev.gatun.layers.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way of audio models on which the signal goes past the network: the first features of the input are added to what it makes.
 * Others of the input, a knob's position for example, stay out by a product with zero, which a stream can do step by step.
 */
public final class DirectSignal {

    private static final String NAME = "skip";

    private DirectSignal() {}

    /**
     * What comes out of a network together with the signal that goes past it.
     *
     * @param signal  the input, of so many features
     * @param inputs  features of the input
     * @param skipped how many of them, from the first, go past; one goes to every output
     * @param made    by the network
     * @param outputs features that the network makes
     * @param weights gets those of the layer that picks the features, if one is needed
     * @return the sum
     * @throws IllegalArgumentException if the numbers do not fit
     */
    public static Node added(Node signal, int inputs, int skipped, Node made, int outputs, GatheredWeights weights) {
        if (skipped > inputs || skipped != 1 && skipped != outputs) {
            throw new IllegalArgumentException("adds " + skipped + " of " + inputs + " features of its input to "
                    + outputs + " of its output; expected 1, or as many as there are in both");
        }
        if (inputs == outputs && skipped == outputs) {
            return Add.of().on(made, signal);
        }
        Map<String, Object> options = new LinkedHashMap<>(Map.of("units", outputs, "use_bias", false));
        options.put("trainable", false);
        float[] picks = new float[inputs * outputs];
        for (int output = 0; output < outputs; output++) {
            picks[(skipped == 1 ? 0 : output) * outputs + output] = 1;
        }
        weights.put(NAME + "/kernel", "ones where a feature goes past the network", picks, inputs, outputs);
        return Add.of().on(made, LayerChain.layer("Dense", NAME, options).on(signal));
    }
}
