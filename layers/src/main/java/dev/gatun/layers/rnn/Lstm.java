package dev.gatun.layers.rnn;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.engine.lstm.LstmFunctions;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InitializerConfig;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), with Keras's arguments and defaults.
 * Reads a sequence [B,T,I] and returns the last h [B,U], or every h [B,T,U] with {@link #returnSequences()}. With
 * {@link #returnState()} it also returns h and c after the last step. A sequence of no steps returns the initial state.
 * Weights, gates in the order input, forget, candidate, output: kernel [I,4U], recurrent kernel [U,4U], bias [4U].
 *
 * @param name      null to let the model choose one
 * @param units     U, at least 1
 * @param sequences whether every step is returned, default false
 * @param state     whether h and c after the last step are returned too, default false
 * @param backwards whether time runs backward, default false; the sequence is returned in processing order, as in Keras
 * @param functions activation (default tanh) and recurrent activation (default sigmoid)
 * @param dropout   what is set to zero in training, default nothing
 * @param weights   bias and initializers
 */
public record Lstm(
        String name, int units, boolean sequences, boolean state, boolean backwards, LstmFunctions functions,
        Falling dropout, Weights weights)
        implements
            Layer {

    /**
     * Dropout: shares of numbers set to zero in training. Which ones is drawn once for each batch and is the same for
     * all time steps; the rest is divided by 1 - share, so that the mean stays.
     *
     * @param input     share of x, 0 to below 1, default 0
     * @param recurrent share of h on its way to the next step, 0 to below 1, default 0; serving ignores it, and
     *                  training with it is refused
     */
    public record Falling(double input, double recurrent) {

        /** No dropout. */
        public static final Falling NONE = new Falling(0, 0);

        /**
         * Checks the shares.
         *
         * @throws IllegalArgumentException if one of them is negative, 1 or more, or NaN
         */
        public Falling {
            if (!(input >= 0 && input < 1 && recurrent >= 0 && recurrent < 1)) {
                throw new IllegalArgumentException(
                        "LSTM: expected dropout rates of at least 0 and below 1, got dropout "
                                + input + " and recurrent_dropout " + recurrent);
            }
        }
    }

    /**
     * How the weights begin.
     *
     * @param useBias         default true
     * @param unitForgetBias  whether the forget gate's bias begins at 1 (default true)
     * @param kernel          default Glorot uniform
     * @param recurrentKernel default orthogonal
     * @param bias            default zeros
     */
    public record Weights(
            boolean useBias, boolean unitForgetBias, Initializer kernel, Initializer recurrentKernel,
            Initializer bias) {
        /**
         * Checks the initializers.
         *
         * @throws NullPointerException naming what is missing
         */
        public Weights {
            Arguments.required(kernel, "Lstm.Weights", "kernel", "an initializer");
            Arguments.required(recurrentKernel, "Lstm.Weights", "recurrentKernel", "an initializer");
            Arguments.required(bias, "Lstm.Weights", "bias", "an initializer");
        }

        /** Keras's defaults. */
        public static final Weights DEFAULT = new Weights(true, true, Initializer.GLOROT_UNIFORM,
                Initializer.ORTHOGONAL, Initializer.ZEROS);
    }

    /** Columns of the packed gates, four for each unit and paddings, are counted in an int. */
    private static final int MOST_UNITS = Integer.MAX_VALUE / 8;

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if units is not positive, or too large for a matrix
     */
    public Lstm {
        Arguments.required(functions, "Lstm", "functions", "for example LstmFunctions.STANDARD");
        Arguments.required(dropout, "Lstm", "dropout", "Lstm.Falling.NONE for none");
        Arguments.required(weights, "Lstm", "weights", "for example Lstm.Weights.DEFAULT");
        if (units <= 0) {
            throw new IllegalArgumentException("LSTM" + (name == null ? "" : " '" + name + "'")
                    + ": expected a positive number of units, got " + units + "; give at least 1");
        }
        if (units > MOST_UNITS) {
            throw new IllegalArgumentException("LSTM" + (name == null ? "" : " '" + name + "'") + ": " + units
                    + " units are too many; give at most " + MOST_UNITS);
        }
    }

    /**
     * A layer with Keras's defaults: it returns the last h only.
     *
     * @param units U, the width of h and c, at least 1
     * @return the layer; the model names it
     * @throws IllegalArgumentException if units is not positive, or too large for a matrix
     */
    public static Lstm units(int units) {
        return new Lstm(null, units, false, false, false, LstmFunctions.STANDARD, Falling.NONE, Weights.DEFAULT);
    }

    /** {@return this layer, returning h of every step [B,T,U]} */
    public Lstm returnSequences() {
        return returnSequences(true);
    }

    /**
     * {@return this layer, returning h of every step or of the last only}
     * @param value true for every step [B,T,U], false for the last [B,U]
     */
    public Lstm returnSequences(boolean value) {
        return new Lstm(name, units, value, state, backwards, functions, dropout, weights);
    }

    /** {@return this layer, returning h and c after the last step too, each [B,U]} */
    public Lstm returnState() {
        return returnState(true);
    }

    /**
     * {@return this layer, with or without its state as further outputs}
     * @param value whether h and c after the last step are returned too
     */
    public Lstm returnState(boolean value) {
        return new Lstm(name, units, sequences, value, backwards, functions, dropout, weights);
    }

    /** {@return this layer, running from the last step to the first} */
    public Lstm goBackwards() {
        return goBackwards(true);
    }

    /**
     * {@return this layer, running backward or forward in time}
     * @param value true to run from the last step to the first
     */
    public Lstm goBackwards(boolean value) {
        return new Lstm(name, units, sequences, state, value, functions, dropout, weights);
    }

    /**
     * {@return this layer with another activation of the candidate, and of the cell state on its way to h}
     * @param function instead of tanh
     * @throws IllegalArgumentException if it looks at more than one number at a time, as softmax does
     */
    public Lstm activation(ActivationFunction function) {
        return with(new LstmFunctions(function, functions.recurrent()));
    }

    /**
     * {@return this layer with another activation of the candidate, and of the cell state on its way to h}
     * @param keyword Keras's name: tanh, relu, ...
     * @throws IllegalArgumentException if no activation has this name, or it looks at more than one number at a time,
     *                                  as softmax does
     */
    public Lstm activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * {@return this layer with another activation of the input, forget and output gates}
     * @param function instead of sigmoid
     * @throws IllegalArgumentException if it looks at more than one number at a time, as softmax does
     */
    public Lstm recurrentActivation(ActivationFunction function) {
        return with(new LstmFunctions(functions.activation(), function));
    }

    /**
     * {@return this layer with another activation of the input, forget and output gates}
     * @param keyword Keras's name: sigmoid, hard_sigmoid, ...
     * @throws IllegalArgumentException if no activation has this name, or it looks at more than one number at a time,
     *                                  as softmax does
     */
    public Lstm recurrentActivation(String keyword) {
        return recurrentActivation(ActivationFunction.of(keyword));
    }

    private Lstm with(LstmFunctions other) {
        return new Lstm(name, units, sequences, state, backwards, other, dropout, weights);
    }

    /**
     * {@return this layer, with a share of its input set to zero in training}
     * @param rate 0 to below 1
     * @throws IllegalArgumentException if the rate lies outside
     */
    public Lstm dropout(double rate) {
        return dropout(new Falling(rate, dropout.recurrent()));
    }

    /**
     * {@return this layer with other dropout}
     * @param falling shares of x and h; {@link Falling#NONE} for none
     */
    public Lstm dropout(Falling falling) {
        return new Lstm(name, units, sequences, state, backwards, functions, falling, weights);
    }

    /**
     * {@return this layer with another bias and other initializers}
     * @param other takes the place of all of them
     */
    public Lstm weights(Weights other) {
        return new Lstm(name, units, sequences, state, backwards, functions, dropout, other);
    }

    /** {@return this layer without a bias} */
    public Lstm noBias() {
        return weights(new Weights(
                false, weights.unitForgetBias(), weights.kernel(), weights.recurrentKernel(), weights.bias()));
    }

    /**
     * {@return this layer, with the forget gate's bias beginning at 1 or as the bias initializer says}
     * @param value true, the default, for 1
     */
    public Lstm unitForgetBias(boolean value) {
        return weights(
                new Weights(weights.useBias(), value, weights.kernel(), weights.recurrentKernel(), weights.bias()));
    }

    /**
     * {@return this layer with other first values of the kernel [I,4U]}
     * @param initializer instead of Glorot uniform
     */
    public Lstm kernelInitializer(Initializer initializer) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), initializer, weights.recurrentKernel(), weights.bias()));
    }

    /**
     * {@return this layer with other first values of the recurrent kernel [U,4U]}
     * @param initializer instead of orthogonal
     */
    public Lstm recurrentInitializer(Initializer initializer) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), weights.kernel(), initializer, weights.bias()));
    }

    /**
     * {@return this layer with other first values of the bias [4U]}
     * @param initializer instead of zeros; {@link #unitForgetBias} still sets those of the forget gate
     */
    public Lstm biasInitializer(Initializer initializer) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), weights.kernel(), weights.recurrentKernel(), initializer));
    }

    /**
     * This layer with a seed of its own for its first weights, instead of the model's
     * ({@link dev.gatun.layers.model.Model#initialize}). Dropout draws by the trainer's seed.
     *
     * @param value any number
     * @return this layer; initializers that are set afterwards do not have the seed
     */
    public Lstm seed(long value) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), weights.kernel().seeded(value),
                weights.recurrentKernel().seeded(value), weights.bias().seeded(value)));
    }

    @Override
    public Lstm named(String newName) {
        return new Lstm(newName, units, sequences, state, backwards, functions, dropout, weights);
    }

    @Override
    public LstmOutput on(Node input) {
        Arguments.required(input, "Lstm.on", "input", "a node, for example an Input");
        return new LstmOutput(new LayerCall(this, List.of(input)), this);
    }

    /**
     * Applies this layer to a sequence, beginning at the given state instead of zeros.
     *
     * @param input        sequence [B,T,I]
     * @param initialState h and c before the first step, each [B,U]
     * @return the outputs
     * @throws NullPointerException if one of the two is null
     */
    public LstmOutput on(Node input, State initialState) {
        Arguments.required(input, "Lstm.on", "input", "a node, for example an Input");
        Arguments.required(initialState, "Lstm.on", "initialState",
                "a state, as returnState() of another LSTM gives it");
        return new LstmOutput(new LayerCall(this, List.of(input, initialState.h(), initialState.c())), this);
    }

    @Override
    public String kind() {
        return "LSTM";
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("units", (long) units);
        config.put("return_sequences", sequences);
        config.put("return_state", state);
        config.put("go_backwards", backwards);
        config.put("activation", functions.activation().keyword());
        config.put("recurrent_activation", functions.recurrent().keyword());
        config.put("dropout", dropout.input());
        config.put("recurrent_dropout", dropout.recurrent());
        config.put("use_bias", weights.useBias());
        config.put("unit_forget_bias", weights.unitForgetBias());
        config.put("kernel_initializer", InitializerConfig.toMap(weights.kernel()));
        config.put("recurrent_initializer", InitializerConfig.toMap(weights.recurrentKernel()));
        config.put("bias_initializer", InitializerConfig.toMap(weights.bias()));
        return config;
    }

    @Override
    public BuiltLayer build(String layerName, List<Shape> inputs) {
        Arguments.required(layerName, "Lstm.build", "layerName", "the name of the layer in its model");
        Arguments.all(inputs, "Lstm.build", "inputs", "the shape of each input");
        return new LstmBuilt(this, layerName, inputs);
    }
}
