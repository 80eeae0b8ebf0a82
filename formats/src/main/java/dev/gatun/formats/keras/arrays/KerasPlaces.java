package dev.gatun.formats.keras.arrays;

import dev.gatun.layers.Layer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelNodes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Keras 3 puts the weights of a model: in groups that are not named after the layers but after their classes, in snake case
 * and numbered in the order of {@code model.layers}. Source: {@code _save_container_state} in {@code keras/src/saving/saving_lib.py}.
 */
public final class KerasPlaces {

    private static final String LAYERS = "layers";

    private KerasPlaces() {}

    /**
     * The paths of all weights.
     *
     * @param nodes layers in the order of the file's configuration
     * @param graph of them
     * @return by {@code layer/weight}, for example {@code layers/lstm/cell/vars/0}
     */
    public static Map<String, String> of(ModelNodes nodes, Graph graph) {
        Map<String, Graph.NamedLayer> named = new HashMap<>();
        graph.layers().forEach(layer -> named.put(layer.name(), layer));
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (Map.Entry<String, Layer> layer : nodes.layers().entrySet()) {
            String group = group(layer.getValue(), counts.merge(layer.getValue().kind(), 1, Integer::sum) - 1);
            Graph.NamedLayer built = named.get(layer.getKey());
            List<String> paths = built == null ? List.of() : built.kerasWeights();
            for (int index = 0; index < paths.size(); index++) {
                WeightSpec spec = built.built().weights().get(index);
                places.put(layer.getKey() + "/" + spec.name(), group + "/" + paths.get(index));
            }
        }
        return places;
    }

    /** The group of a layer, of which as many of its class stand before it. */
    public static String group(Layer layer, int number) {
        String name = layer.configuration().options().defaultName();
        return LAYERS + "/" + (number == 0 ? name : name + "_" + number);
    }
}
