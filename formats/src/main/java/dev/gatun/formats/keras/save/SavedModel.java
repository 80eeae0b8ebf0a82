package dev.gatun.formats.keras.save;

import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as Keras writes it.
 *
 * @param name       of the model
 * @param sequential whether it is written as a plain chain
 * @param nodes      layers and operations in Keras's order
 * @param inputs     where values enter
 * @param outputs    what is computed
 */
record SavedModel(
        String name, boolean sequential, List<SavedNode> nodes, List<SavedTensor> inputs, List<SavedTensor> outputs) {

    private static final String FUNCTIONAL = "Functional";

    SavedModel {
        nodes = List.copyOf(nodes);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** As an object of Keras's, of this name. */
    Map<String, Object> object(String called, boolean trainable) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", called);
        config.put("trainable", trainable);
        if (sequential) {
            config.put("dtype", SavedObject.policy());
            config.put("layers", nodes.stream().map(SavedNode::object).toList());
            Object shape = OptionKind.SHAPE.write(inputs.getFirst().shape());
            config.put("build_input_shape", shape);
            Map<String, Object> object = SavedObject.of("keras", "Sequential", config);
            object.put("build_config", Map.of("input_shape", shape));
            return object;
        }
        config.put("layers", nodes.stream().map(SavedNode::plain).toList());
        config.put("input_layers", ends(inputs));
        config.put("output_layers", ends(outputs));
        return SavedObject.of("keras.src.models.functional", FUNCTIONAL, config, FUNCTIONAL);
    }

    /** One stands alone. */
    private static List<?> ends(List<SavedTensor> tensors) {
        return tensors.size() == 1
                ? tensors.getFirst().end()
                : tensors.stream().map(SavedTensor::end).toList();
    }

    /**
     * The layers in Keras's order, with the names of their groups among the weights: class and number. A chain's input is none of
     * its layers.
     */
    Map<SavedNode, String> groups() {
        Map<String, Integer> counts = new HashMap<>();
        Map<SavedNode, String> groups = new LinkedHashMap<>();
        for (SavedNode node : nodes) {
            if (node.isLayer() && !(sequential && node.calls().isEmpty())) {
                groups.put(node, numbered(group(node.layer()), counts));
            }
        }
        return groups;
    }

    /** What the group of a layer is called before it is numbered. */
    static String group(Layer layer) {
        return layer.configuration().options().defaultName();
    }

    static String numbered(String name, Map<String, Integer> counts) {
        int number = counts.merge(name, 1, Integer::sum) - 1;
        return number == 0 ? name : name + "_" + number;
    }
}
