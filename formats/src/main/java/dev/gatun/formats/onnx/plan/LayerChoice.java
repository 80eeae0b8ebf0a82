package dev.gatun.formats.onnx.plan;

import dev.gatun.layers.Layer;
import java.util.Set;

/** What a layer will be, decided when it is known which of its possible outputs are read. */
public interface LayerChoice {

    /** @param read numbers of the outputs that are read, in the choice's own counting */
    Layer layer(Set<Integer> read);

    /** Where an output stands among those that the layer of {@link #layer} makes. */
    default int place(int output, Set<Integer> read) {
        return output;
    }

    /** A layer that is known already. */
    static LayerChoice of(Layer layer) {
        return read -> layer;
    }
}
