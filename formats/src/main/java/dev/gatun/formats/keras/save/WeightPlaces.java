package dev.gatun.formats.keras.save;

import dev.gatun.layers.Layer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.nested.Nested;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Where Keras's files hold the weights of a model. A graph numbers the groups of a model that is a layer in its own order; Keras
 * has the operations of masks in it, and so perhaps another one.
 *
 * @param saved  the model
 * @param models those that are layers in it
 */
record WeightPlaces(SavedModel saved, Map<Nested, SavedModel> models) {

    private static final String LAYERS = "layers/";
    private static final String LAYER = "layer/";

    /** For each weight its path, by {@code layer/weight}. */
    SequencedMap<String, String> of(Graph graph) {
        Map<String, String> groups = new HashMap<>();
        saved.groups().forEach((node, group) -> groups.put(node.name(), group));
        SequencedMap<String, String> places = new LinkedHashMap<>();
        for (Graph.NamedLayer layer : graph.layers()) {
            List<String> paths = layer.kerasWeights();
            for (int index = 0; index < paths.size(); index++) {
                WeightSpec spec = layer.built().weights().get(index);
                places.put(layer.name() + "/" + spec.name(),
                        LAYERS + groups.get(layer.name()) + "/" + moved(layer.layer(), paths.get(index)));
            }
        }
        return places;
    }

    private String moved(Layer layer, String path) {
        List<Layer> inner = LayersWithin.of(layer).getOrDefault("layer", List.of());
        if (path.startsWith(LAYER) && inner.size() == 1) {
            return LAYER + moved(inner.getFirst(), path.substring(LAYER.length()));
        }
        if (!(layer instanceof Nested nested)) {
            return path;
        }
        String within = path.substring(LAYERS.length());
        String group = within.substring(0, within.indexOf('/'));
        Map<String, Integer> counts = new HashMap<>();
        for (Map.Entry<String, Layer> part : nested.model().layers().entrySet()) {
            if (SavedModel.numbered(SavedModel.group(part.getValue()), counts).equals(group)) {
                return LAYERS + groupOf(models.get(nested), part.getKey()) + "/"
                        + moved(part.getValue(), within.substring(group.length() + 1));
            }
        }
        throw new IllegalStateException("No layer of '" + nested.model().name() + "' has its weights in " + group);
    }

    private static String groupOf(SavedModel model, String layer) {
        for (Map.Entry<SavedNode, String> group : model.groups().entrySet()) {
            if (group.getKey().name().equals(layer)) {
                return group.getValue();
            }
        }
        throw new IllegalStateException("Model '" + model.name() + "' has no layer '" + layer + "'");
    }
}
