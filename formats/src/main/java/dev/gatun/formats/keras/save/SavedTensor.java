package dev.gatun.formats.keras.save;

import dev.gatun.layers.OptionKind;
import dev.gatun.memory.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a graph that is to be written.
 *
 * @param node   that makes it
 * @param call   which call of the node, counted from 0
 * @param output which of its outputs, counted from 0
 * @param shape  batch first, unknown sizes included
 * @param dtype  Keras's name of what its numbers are
 */
record SavedTensor(SavedNode node, int call, int output, Shape shape, String dtype) {

    static final String BOOL = "bool";
    static final String FLOAT32 = "float32";

    boolean isBool() {
        return dtype.equals(BOOL);
    }

    /** As an argument of a call. */
    Map<String, Object> argument() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("shape", OptionKind.SHAPE.write(shape));
        config.put("dtype", dtype);
        config.put("keras_history", List.of(node.name(), (long) call, (long) output));
        return SavedObject.special("__keras_tensor__", config);
    }

    /** As an input or output of a model. Calls of a functional model count from 1 there: its own graph is its call 0. */
    List<Object> end() {
        return List.of(node.name(), call + (node.isFunctional() ? 1L : 0L), (long) output);
    }
}
