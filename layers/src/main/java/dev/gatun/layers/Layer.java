package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * What a user declares: an immutable configuration. Applied to nodes it becomes part of a graph. What a class of layers does
 * is known to its {@link LayerType}. Two layers are equal if they are of one class and their options are.
 */
public abstract class Layer {

    private final Configuration configuration;

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    protected Layer(Configuration configuration) {
        Arguments.required(configuration, "Layer", "configuration", "the options of the class");
        this.configuration = configuration;
    }

    /**
     * A layer of this class.
     *
     * @param other of the same option set
     * @return a layer that has it
     */
    protected abstract Layer of(Configuration other);

    /**
     * The options as a whole.
     *
     * @return name and values
     */
    public final Configuration configuration() {
        return configuration;
    }

    /**
     * The class name Keras gives this layer; default names derive from it.
     *
     * @return for example {@code LSTM}
     */
    public final String kind() {
        return configuration.options().kind();
    }

    /**
     * The name the user gave.
     *
     * @return null for the default: then the model numbers it, as Keras does ({@code lstm}, {@code lstm_1})
     */
    public final String name() {
        return configuration.name();
    }

    /**
     * This layer under a name.
     *
     * @param name null for the default
     * @return a layer with the same options
     */
    public abstract Layer named(String name);

    /**
     * Whether a training may change the weights of this layer.
     *
     * @return true unless it was said otherwise
     */
    public boolean isTrainable() {
        return configuration.trainable();
    }

    /**
     * The penalty on what the layer returns.
     *
     * @return default none
     */
    public Regularizer activityRegularizer() {
        return configuration.activityRegularizer();
    }

    /**
     * Says whether a training may change the weights of this layer.
     *
     * @param trainable false to keep them as they are
     * @return this layer with it
     */
    public abstract Layer trainable(boolean trainable);

    /**
     * Everything but the name, under Keras's argument names.
     *
     * @return numbers, text, booleans, lists and maps only
     */
    public final Map<String, Object> config() {
        return configuration.toMap();
    }

    /**
     * The value of an option.
     *
     * @param <V>    its type
     * @param option of this class
     * @return what was given, or the default
     */
    protected final <V> V get(Option<V> option) {
        return configuration.get(option);
    }

    /**
     * Applies this layer to a value.
     *
     * @param input what it reads
     * @return what it makes
     */
    public Node on(Node input) {
        Arguments.required(input, "Layer.on", "input", "a value of the graph");
        return call(CallArguments.of(List.of(input))).output(0);
    }

    /**
     * Applies this layer to values by name.
     *
     * @param arguments what it reads
     * @return the call, whose outputs are values
     */
    public final LayerCall call(CallArguments<Node> arguments) {
        Arguments.required(arguments, "Layer.call", "arguments", "what the layer reads");
        return new LayerCall(this, arguments);
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || other instanceof Layer that && getClass() == that.getClass()
                        && configuration.equals(that.configuration);
    }

    @Override
    public final int hashCode() {
        return configuration.hashCode();
    }

    @Override
    public final String toString() {
        return configuration.toString();
    }
}
