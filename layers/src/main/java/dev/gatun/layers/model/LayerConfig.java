package dev.gatun.layers.model;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.engine.lstm.LstmFunctions;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Options;
import dev.gatun.layers.rnn.Lstm;
import dev.gatun.layers.rnn.TimeDistributed;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * Layers back from class name, name and configuration. An option that is missing has Keras's default. An option that Gatun
 * does not have is refused by name, unless its value is the one that changes nothing.
 */
public final class LayerConfig {

    /** The classes there are, for messages. */
    public static final List<String> KINDS = List
            .of("InputLayer", "LSTM", "Dense", "Activation", "Dropout", "TimeDistributed");

    private LayerConfig() {}

    /**
     * The layer of a configuration.
     *
     * @param kind   the layer's class, what {@link Layer#kind} says: {@code "LSTM"}
     * @param name   the layer's name; null for none, then the model names it
     * @param config what {@link Layer#config} says: options by the names Keras gives them
     * @return the layer, not yet part of a graph
     * @throws IllegalArgumentException naming the layer, and the class, option or value that is not supported
     */
    public static Layer layer(String kind, String name, Map<String, Object> config) {
        Arguments.required(kind, "LayerConfig.layer", "kind", "a class name as Keras has it, for example LSTM");
        Arguments.required(config, "LayerConfig.layer", "config", "a map of the configuration");
        String owner = "Layer '" + name + "' (" + kind + ")";
        Options options = new Options(owner, config);
        options.only("trainable", true);
        options.only("dtype", "float32");
        Layer layer;
        try {
            layer = make(kind, owner, name, options);
        } catch (IllegalArgumentException unfit) {
            String said = unfit.getMessage();
            throw said.startsWith(owner) ? unfit : new IllegalArgumentException(owner + ": " + said, unfit);
        }
        options.requireNothingLeft();
        return layer;
    }

    private static Layer make(String kind, String owner, String name, Options options) {
        return switch (kind) {
            case "InputLayer" -> input(owner, name, options);
            case "LSTM" -> lstm(name, options);
            case "Dense" -> dense(name, options);
            case "Activation" -> activation(name, options);
            case "Dropout" -> dropout(name, options);
            case "TimeDistributed" -> new TimeDistributed(name, inner(owner, options.map("layer")));
            default -> throw new IllegalArgumentException(owner + ": Gatun has no layer of class " + kind
                    + "; supported are " + String.join(", ", KINDS));
        };
    }

    private static Layer input(String owner, String name, Options options) {
        options.only("sparse", false);
        options.only("ragged", false);
        options.only("optional", false);
        List<?> sizes = options.list("batch_shape");
        long[] dims = new long[sizes.size()];
        for (int axis = 0; axis < dims.length; axis++) {
            Object size = sizes.get(axis);
            if (size != null && !(size instanceof Long || size instanceof Integer)) {
                throw new IllegalArgumentException(owner + ": expected whole numbers or null in batch_shape, got "
                        + sizes);
            }
            dims[axis] = size == null ? Shape.UNKNOWN : ((Number) size).longValue();
            if (size != null && dims[axis] < 0) {
                throw new IllegalArgumentException(owner + ": a size cannot be negative, got batch_shape " + sizes);
            }
        }
        return Input.batchShape(dims).named(name);
    }

    private static Layer lstm(String name, Options options) {
        for (String option : List.of("stateful", "zero_output_for_mask", "time_major")) {
            options.only(option, false);
        }
        withoutPenalties(options, "kernel", "recurrent", "bias");
        // How Keras computes, not what.
        options.ignore("unroll", "use_cudnn", "implementation", "seed");
        return new Lstm(
                name,
                options.integer("units"),
                options.flag("return_sequences", false),
                options.flag("return_state", false),
                options.flag("go_backwards", false),
                new LstmFunctions(
                        options.activation("activation", ActivationFunction.TANH),
                        options.activation("recurrent_activation", ActivationFunction.SIGMOID)),
                new Lstm.Falling(options.number("dropout", 0), options.number("recurrent_dropout", 0)),
                new Lstm.Weights(
                        options.flag("use_bias", true),
                        options.flag("unit_forget_bias", true),
                        options.initializer("kernel_initializer", Initializer.GLOROT_UNIFORM),
                        options.initializer("recurrent_initializer", Initializer.ORTHOGONAL),
                        options.initializer("bias_initializer", Initializer.ZEROS)));
    }

    private static Layer dense(String name, Options options) {
        withoutPenalties(options, "kernel", "bias");
        options.only("lora_rank", null);
        options.ignore("lora_alpha");
        return new Dense(
                name,
                options.integer("units"),
                options.activation("activation", ActivationFunction.LINEAR),
                options.flag("use_bias", true),
                options.initializer("kernel_initializer", Initializer.GLOROT_UNIFORM),
                options.initializer("bias_initializer", Initializer.ZEROS));
    }

    private static Layer activation(String name, Options options) {
        return new Activation(name, options.activation("activation", ActivationFunction.LINEAR));
    }

    private static Layer dropout(String name, Options options) {
        options.ignore("seed");
        options.only("noise_shape", null);
        return new Dropout(name, options.number("rate", 0));
    }

    /** Regularizers, constraints and quantization, none of which Gatun has. */
    private static void withoutPenalties(Options options, String... weights) {
        for (String weight : weights) {
            options.only(weight + "_regularizer", null);
            options.only(weight + "_constraint", null);
        }
        options.only("activity_regularizer", null);
        options.only("quantization_config", null);
    }

    private static Layer inner(String owner, Map<String, Object> map) {
        Options options = new Options(owner + ": its layer", map);
        Layer layer = layer(options.text("class_name"), options.text("name", null), options.map("config"));
        options.requireNothingLeft();
        return layer;
    }
}
