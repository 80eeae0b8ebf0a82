package dev.gatun.formats.keras.save;

import dev.gatun.layers.Layer;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layer or an operation of a graph that is to be written, with its calls. */
final class SavedNode {

    private final String name;
    private final Layer layer;
    private final Map<String, Object> object;
    private final List<SavedCall> calls = new ArrayList<>();

    /**
     * A node without calls.
     *
     * @param layer  as Gatun has it; null for an operation, which has neither weights nor a group of its own
     * @param object as Keras writes it
     */
    SavedNode(String name, Layer layer, Map<String, Object> object) {
        this.name = name;
        this.layer = layer;
        this.object = object;
    }

    String name() {
        return name;
    }

    Layer layer() {
        return layer;
    }

    Map<String, Object> object() {
        return object;
    }

    List<SavedCall> calls() {
        return calls;
    }

    boolean isLayer() {
        return layer != null;
    }

    boolean isFunctional() {
        return "Functional".equals(object.get("class_name"));
    }

    /** Adds a call. */
    SavedTensor call(SavedCall call, Shape shape, String dtype) {
        calls.add(call);
        return output(0, shape, dtype);
    }

    /** An output of the last call, or of an input. */
    SavedTensor output(int output, Shape shape, String dtype) {
        return new SavedTensor(this, Math.max(0, calls.size() - 1), output, shape, dtype);
    }

    /** As a layer of a functional model. */
    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>(object);
        plain.put("name", name);
        plain.put("inbound_nodes", calls.stream().map(SavedCall::plain).toList());
        return plain;
    }
}
