package dev.gatun.layers;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * What a user declares: an immutable configuration. Applied to nodes it becomes part of a graph; built for input shapes it
 * knows its weights and output shapes.
 */
public interface Layer {

    /** The class name Keras gives this layer, for example {@code LSTM}; default names derive from it. */
    String kind();

    /** The name the user gave, or null: then the model numbers it, as Keras does ({@code lstm}, {@code lstm_1}). */
    String name();

    /** This layer under a name. */
    Layer named(String name);

    /** Everything but the name, under Keras's argument names: numbers, strings, booleans, maps and lists only. */
    Map<String, Object> config();

    /**
     * Decides weights and output shapes.
     *
     * @param layerName the name in the model, for messages
     * @param inputs    shapes of the inputs, batch first; batch and time may be unknown
     * @throws dev.gatun.memory.ShapeException if the layer cannot stand here: names layer, expected, got, fix
     */
    BuiltLayer build(String layerName, List<Shape> inputs);

    /** Applies this layer to a value. */
    default Node on(Node input) {
        Arguments.required(input, "Layer.on", "input", "a node, for example an Input");
        return new LayerCall(this, List.of(input)).output(0);
    }
}
