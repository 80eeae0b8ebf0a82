package dev.gatun.layers.serve;

import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the recurrent layers of a model carry, by the names of the layers: after the last step of a prediction, or where one
 * begins. Immutable, but for the numbers of its tensors.
 *
 * <p>A layer that is part of another one has that one's name in front ({@code bidirectional/forward_lstm}, {@code rnn/gru_cell} of
 * a stack of cells); one that is called several times the number of the call behind it ({@code lstm[1]}). Whether names and
 * widths fit a model is looked at when the states are given to it. Any number of threads may read.
 */
public final class LayerStates {

    /** Every layer begins at zeros, or at the states it has learned. */
    public static final LayerStates ZERO = new LayerStates(Map.of());

    private final Map<String, List<Tensor>> byLayer;

    private LayerStates(Map<String, List<Tensor>> byLayer) {
        this.byLayer = byLayer;
    }

    /**
     * States of layers.
     *
     * @param states for each layer its states, each [N,U]: of an LSTM h and c
     * @return the states, in the order of the map
     * @throws NullPointerException if something is null
     */
    public static LayerStates of(Map<String, List<Tensor>> states) {
        Map<String, List<Tensor>> copy = new LinkedHashMap<>();
        Arguments.all(states, "LayerStates.of", "states", "for each layer its states").forEach((layer, parts) -> copy
                .put(layer, Arguments.copy(parts, "LayerStates.of", "states", "for each layer tensors [N,U]")));
        return new LayerStates(Collections.unmodifiableMap(copy));
    }

    /**
     * These states, and that of one layer.
     *
     * @param layer its name
     * @param parts its states, each [N,U]: of an LSTM h and c
     * @return other states
     */
    public LayerStates with(String layer, Tensor... parts) {
        Arguments.required(layer, "LayerStates.with", "layer", "the name of a layer");
        Map<String, List<Tensor>> more = new LinkedHashMap<>(byLayer);
        more.put(layer, Arguments.all(parts, "LayerStates.with", "parts", "tensors [N,U]: of an LSTM h and c"));
        return of(more);
    }

    /** {@return the names of the layers whose states these are, in the order of the model} */
    public Set<String> layers() {
        return byLayer.keySet();
    }

    /**
     * All states of a layer.
     *
     * @param layer its name
     * @return each [N,U]: of an LSTM h and c
     * @throws IllegalArgumentException if there is none of this name, naming those there are
     */
    public List<Tensor> parts(String layer) {
        List<Tensor> parts = byLayer
                .get(Arguments.required(layer, "LayerStates.parts", "layer", "the name of a layer"));
        if (parts == null) {
            throw new IllegalArgumentException("There is no state of a layer '" + layer + "'; there are those of "
                    + new ArrayList<>(byLayer.keySet()));
        }
        return parts;
    }

    /**
     * The hidden state of a layer, which is also what it returns; of a cell of a user's own its first state.
     *
     * @param layer its name
     * @return [N,U]; of an LSTM with a projection [N,P]
     * @throws IllegalArgumentException if there is none of this name, naming those there are
     */
    public Tensor h(String layer) {
        return parts(layer).getFirst();
    }

    /**
     * The cell state of an LSTM; of a cell of a user's own its second state.
     *
     * @param layer its name
     * @return [N,U]
     * @throws IllegalArgumentException if there is none of this name, naming those there are
     * @throws IllegalStateException    if the layer carries h alone
     */
    public Tensor c(String layer) {
        List<Tensor> parts = parts(layer);
        if (parts.size() < 2) {
            throw new IllegalStateException(
                    "Layer '" + layer + "' carries h alone, and has no cell state as an LSTM has");
        }
        return parts.get(1);
    }

    /** {@return for each layer its states, each [N,U]} */
    public Map<String, List<Tensor>> toMap() {
        return byLayer;
    }

    /** {@return the names of the layers, without numbers} */
    @Override
    public String toString() {
        return "States of " + byLayer.keySet();
    }
}
