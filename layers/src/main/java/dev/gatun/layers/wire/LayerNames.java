package dev.gatun.layers.wire;

import dev.gatun.layers.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of layers in a model: the user's, or Keras's default, the class in snake case and a number from the second on. */
public final class LayerNames {

    private LayerNames() {}

    /**
     * Names for layers.
     *
     * @param layers in Keras's order
     * @return one for each
     * @throws IllegalArgumentException if two layers were given the same name, or a name is empty or holds a slash
     */
    public static List<String> assign(List<Layer> layers) {
        Set<String> taken = new HashSet<>();
        for (Layer layer : layers) {
            if (layer.name() != null && (layer.name().isBlank() || layer.name().contains("/"))) {
                throw new IllegalArgumentException(
                        "A layer's name must not be empty or hold '/', which separates layer and "
                                + "weight; got '" + layer.name() + "'");
            }
            if (layer.name() != null && !taken.add(layer.name())) {
                throw new IllegalArgumentException(
                        "Two layers are named '" + layer.name() + "'; names in a model must differ");
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Layer layer : layers) {
            names.add(layer.name() != null
                    ? layer.name()
                    : next(layer.configuration().options().defaultName(), counts, taken));
        }
        return names;
    }

    private static String next(String base, Map<String, Integer> counts, Set<String> taken) {
        while (true) {
            int count = counts.merge(base, 1, Integer::sum) - 1;
            String name = count == 0 ? base : base + "_" + count;
            if (taken.add(name)) {
                return name;
            }
        }
    }
}
