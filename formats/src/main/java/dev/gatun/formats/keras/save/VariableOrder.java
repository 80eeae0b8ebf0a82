package dev.gatun.formats.keras.save;

import dev.gatun.layers.Layer;
import dev.gatun.layers.nested.Nested;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The order in which Keras lists the variables of a model, and its optimizer what it keeps of each: layer by layer, what a layer
 * holds itself before what is in it, of a model that is a layer its layers in their order.
 * Source: {@code variables} in keras/src/layers/layer.py.
 *
 * @param groups of the layers in their order, with what is in those that are models
 */
public record VariableOrder(SequencedMap<String, VariableOrder> groups) {

    private static final VariableOrder PLAIN = new VariableOrder(new LinkedHashMap<>());
    private static final String LAYERS = "layers/";

    /**
     * Of a model's layers.
     *
     * @param layers in their order
     */
    public static VariableOrder of(Map<String, Layer> layers) {
        SequencedMap<String, VariableOrder> groups = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Layer layer : layers.values()) {
            Nested nested = nested(layer);
            groups.put(SavedModel.numbered(SavedModel.group(layer), counts),
                    nested == null ? PLAIN : of(nested.model().layers()));
        }
        return new VariableOrder(groups);
    }

    /** Of a model as it is written. */
    static VariableOrder of(SavedModel model, Map<Nested, SavedModel> models) {
        SequencedMap<String, VariableOrder> groups = new LinkedHashMap<>();
        model.groups().forEach((node, group) -> {
            Nested nested = nested(node.layer());
            groups.put(group, nested == null ? PLAIN : of(models.get(nested), models));
        });
        return new VariableOrder(groups);
    }

    /** The model that a layer is, or that it does for each step. */
    private static Nested nested(Layer layer) {
        if (layer instanceof Nested nested) {
            return nested;
        }
        List<Layer> within = LayersWithin.of(layer).getOrDefault("layer", List.of());
        return within.size() == 1 ? nested(within.getFirst()) : null;
    }

    /**
     * Sorts variables.
     *
     * @param places for each its path in the file, of each layer in their order
     * @return the names
     */
    public List<String> of(SequencedMap<String, String> places) {
        List<String> names = new ArrayList<>();
        addTo(names, places);
        return names;
    }

    private void addTo(List<String> names, SequencedMap<String, String> places) {
        Map<String, SequencedMap<String, String>> byGroup = new HashMap<>();
        places.forEach((name, path) -> {
            String within = path.substring(path.indexOf(LAYERS) + LAYERS.length());
            int end = within.indexOf('/');
            byGroup.computeIfAbsent(within.substring(0, end), group -> new LinkedHashMap<>())
                    .put(name, within.substring(end + 1));
        });
        groups.forEach((group, inner) -> {
            SequencedMap<String, String> own = byGroup.getOrDefault(group, new LinkedHashMap<>());
            if (inner.groups.isEmpty()) {
                names.addAll(own.keySet());
            } else {
                inner.addTo(names, own);
            }
        });
    }
}
