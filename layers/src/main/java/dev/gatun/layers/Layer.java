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

    /** {@return the class name Keras gives this layer, for example {@code LSTM}; default names are made from it} */
    String kind();

    /**
     * {@return the name the user gave, or null: then the model numbers it, as Keras does ({@code lstm},
     * {@code lstm_1})}
     */
    String name();

    /**
     * A copy of this layer under another name.
     *
     * @param name unique within a model; null to let the model choose one
     * @return the copy; used in a model beside this layer it has weights of its own
     */
    Layer named(String name);

    /**
     * {@return everything but the name, under Keras's argument names: numbers, strings, booleans, maps and lists only}
     */
    Map<String, Object> config();

    /**
     * Decides weights and output shapes.
     *
     * @param layerName the name in the model, for messages
     * @param inputs    shapes of the inputs, batch first; batch and time may be unknown
     * @return the layer with its weights known
     * @throws dev.gatun.memory.ShapeException if the layer cannot stand here: names layer, expected, got, fix
     */
    BuiltLayer build(String layerName, List<Shape> inputs);

    /**
     * Applies this layer to a value.
     *
     * @param input the value to read, for example an Input
     * @return the layer's first output
     * @throws NullPointerException if the input is null
     */
    default Node on(Node input) {
        Arguments.required(input, "Layer.on", "input", "a node, for example an Input");
        return new LayerCall(this, List.of(input)).output(0);
    }
}
