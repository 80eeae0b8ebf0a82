package dev.gatun.formats.keras.arrays;

import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A weight of a layer, be the layer made of others or not.
 *
 * @param name   within the layer: {@code kernel}, {@code forward_lstm/kernel}
 * @param weight of the model; that of another layer if they share it
 */
public record ModelWeight(String name, Weight weight) {

    /** Sizes on every axis. */
    public Shape shape() {
        return weight.shape();
    }

    /** What it is called in whatever part of the layer has it. */
    String role() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /**
     * The weights of all layers of a model.
     *
     * @return by the names of layers, in the model's order; layers without weights have none
     */
    public static Map<String, List<ModelWeight>> of(Model model) {
        Map<String, Weight> weights = new HashMap<>();
        model.weights().forEach(weight -> weights.put(weight.name(), weight));
        Map<String, List<ModelWeight>> layers = new LinkedHashMap<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            List<ModelWeight> own = new ArrayList<>();
            for (WeightSpec spec : layer.built() == null ? List.<WeightSpec>of() : layer.built().weights()) {
                Weight found = weights.get(layer.name() + "/" + spec.name());
                own.add(new ModelWeight(spec.name(), found == null ? weights.get(spec.name()) : found));
            }
            layers.put(layer.name(), own);
        }
        return layers;
    }
}
