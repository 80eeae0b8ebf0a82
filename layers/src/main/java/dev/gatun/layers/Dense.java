package dev.gatun.layers;

import dev.gatun.engine.function.ActivationFunction;
import java.util.List;
import java.util.Map;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;

/**
 * A fully connected layer: {@code y = activation(x kernel + bias)} over the last axis, for [B,I] or every step of [B,T,I].
 * Weights: kernel [I,N], bias [N].
 *
 * @param name              null for the default
 * @param units             N
 * @param activation        default linear
 * @param useBias           default true
 * @param kernelInitializer default Glorot uniform
 * @param biasInitializer   default zeros
 */
public record Dense(
        String name, int units, ActivationFunction activation, boolean useBias, Initializer kernelInitializer,
        Initializer biasInitializer)
        implements
            Layer {

    /** As many as the features a layer takes ({@link InputShapes#features}). */
    private static final int MOST_UNITS = Integer.MAX_VALUE / 8;

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if the activation or an initializer is null
     * @throws IllegalArgumentException if units is not positive, or too large for a matrix
     */
    public Dense {
        Arguments.required(activation, "Dense", "activation", "an activation, for example ActivationFunction.LINEAR");
        Arguments.required(kernelInitializer, "Dense", "kernelInitializer",
                "an initializer, for example Initializer.GLOROT_UNIFORM");
        Arguments.required(biasInitializer, "Dense", "biasInitializer",
                "an initializer, for example Initializer.ZEROS");
        if (units <= 0) {
            throw new IllegalArgumentException("Dense" + (name == null ? "" : " '" + name + "'")
                    + ": expected a positive number of units, got " + units + "; give at least 1");
        }
        if (units > MOST_UNITS) {
            throw new IllegalArgumentException("Dense" + (name == null ? "" : " '" + name + "'") + ": " + units
                    + " units are too many; give at most " + MOST_UNITS);
        }
    }

    /**
     * A layer with Keras's defaults: linear, with a bias, kernel Glorot uniform.
     *
     * @param units N, the width of the output, at least 1
     * @return the layer; the model names it
     * @throws IllegalArgumentException if units is not positive, or too large for a matrix
     */
    public static Dense units(int units) {
        return new Dense(
                null, units, ActivationFunction.LINEAR, true, Initializer.GLOROT_UNIFORM, Initializer.ZEROS);
    }

    /**
     * {@return this layer with another activation}
     * @param function applied to x kernel + bias
     */
    public Dense activation(ActivationFunction function) {
        return new Dense(name, units, function, useBias, kernelInitializer, biasInitializer);
    }

    /**
     * {@return this layer with another activation}
     * @param keyword Keras's name: relu, softmax, ...
     * @throws IllegalArgumentException naming the activations there are
     */
    public Dense activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /** {@return this layer without a bias} */
    public Dense noBias() {
        return new Dense(name, units, activation, false, kernelInitializer, biasInitializer);
    }

    /**
     * {@return this layer with other first values of the kernel [I,N]}
     * @param initializer instead of Glorot uniform
     */
    public Dense kernelInitializer(Initializer initializer) {
        return new Dense(name, units, activation, useBias, initializer, biasInitializer);
    }

    /**
     * {@return this layer with other first values of the bias [N]}
     * @param initializer instead of zeros
     */
    public Dense biasInitializer(Initializer initializer) {
        return new Dense(name, units, activation, useBias, kernelInitializer, initializer);
    }

    @Override
    public Dense named(String newName) {
        return new Dense(newName, units, activation, useBias, kernelInitializer, biasInitializer);
    }

    @Override
    public String kind() {
        return "Dense";
    }

    @Override
    public Map<String, Object> config() {
        return Filling.ordered(
                "units", (long) units,
                "activation", activation.keyword(),
                "use_bias", useBias,
                "kernel_initializer", InitializerConfig.toMap(kernelInitializer),
                "bias_initializer", InitializerConfig.toMap(biasInitializer));
    }

    @Override
    public BuiltLayer build(String layerName, List<Shape> inputs) {
        Arguments.required(layerName, "Dense.build", "layerName", "the name of the layer in its model");
        Arguments.all(inputs, "Dense.build", "inputs", "the shape of each input");
        return new DenseBuilt(this, layerName, inputs);
    }
}
