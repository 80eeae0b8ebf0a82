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
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), with Keras's arguments and defaults. Takes a
 * sequence [B,T,I] and returns the last h [B,U], or with {@link #returnSequences()} every h [B,T,U], and with
 * {@link #returnState()} also h and c after the last step; of no steps, what it began with. Weights, gates in the order input, forget, candidate, output:
 * kernel [I,4U], recurrent kernel [U,4U], bias [4U].
 *
 * @param name      null for the default
 * @param units     U
 * @param sequences whether every step is returned
 * @param state     whether h and c are returned too
 * @param backwards whether time runs backward; the sequence is returned in processing order, as in Keras
 * @param functions activation (default tanh) and recurrent activation (default sigmoid)
 * @param dropout   what falls in training
 * @param weights   bias and initializers
 */
public record Lstm(
        String name, int units, boolean sequences, boolean state, boolean backwards, LstmFunctions functions,
        Falling dropout, Weights weights)
        implements
            Layer {

    /**
     * Shares of numbers set to zero in training, drawn once per batch and the same for all time steps; what is left is
     * divided by what is left of the share.
     *
     * @param input     of x, default 0
     * @param recurrent of h on its way to the next step, default 0; serving ignores it, and training with it is refused
     */
    public record Falling(double input, double recurrent) {

        public static final Falling NONE = new Falling(0, 0);

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
        /** @throws NullPointerException naming what is missing */
        public Weights {
            Arguments.required(kernel, "Lstm.Weights", "kernel", "an initializer");
            Arguments.required(recurrentKernel, "Lstm.Weights", "recurrentKernel", "an initializer");
            Arguments.required(bias, "Lstm.Weights", "bias", "an initializer");
        }

        public static final Weights DEFAULT = new Weights(true, true, Initializer.GLOROT_UNIFORM,
                Initializer.ORTHOGONAL, Initializer.ZEROS);
    }

    /** Columns of the packed gates, four for each unit and paddings, are counted in an int. */
    private static final int MOST_UNITS = Integer.MAX_VALUE / 8;

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

    /** A layer of U units with Keras's defaults. */
    public static Lstm units(int units) {
        return new Lstm(null, units, false, false, false, LstmFunctions.STANDARD, Falling.NONE, Weights.DEFAULT);
    }

    /** Returns h of every step. */
    public Lstm returnSequences() {
        return returnSequences(true);
    }

    public Lstm returnSequences(boolean value) {
        return new Lstm(name, units, value, state, backwards, functions, dropout, weights);
    }

    /** Returns h and c after the last step too. */
    public Lstm returnState() {
        return returnState(true);
    }

    public Lstm returnState(boolean value) {
        return new Lstm(name, units, sequences, value, backwards, functions, dropout, weights);
    }

    /** Runs from the last step to the first. */
    public Lstm goBackwards() {
        return goBackwards(true);
    }

    public Lstm goBackwards(boolean value) {
        return new Lstm(name, units, sequences, state, value, functions, dropout, weights);
    }

    /** Of the candidate and of the cell state on its way to h. */
    public Lstm activation(ActivationFunction function) {
        return with(new LstmFunctions(function, functions.recurrent()));
    }

    public Lstm activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /** Of the input, forget and output gates. */
    public Lstm recurrentActivation(ActivationFunction function) {
        return with(new LstmFunctions(functions.activation(), function));
    }

    public Lstm recurrentActivation(String keyword) {
        return recurrentActivation(ActivationFunction.of(keyword));
    }

    private Lstm with(LstmFunctions other) {
        return new Lstm(name, units, sequences, state, backwards, other, dropout, weights);
    }

    /** Share of the input that falls in training. */
    public Lstm dropout(double rate) {
        return dropout(new Falling(rate, dropout.recurrent()));
    }

    public Lstm dropout(Falling falling) {
        return new Lstm(name, units, sequences, state, backwards, functions, falling, weights);
    }

    public Lstm weights(Weights other) {
        return new Lstm(name, units, sequences, state, backwards, functions, dropout, other);
    }

    public Lstm noBias() {
        return weights(new Weights(
                false, weights.unitForgetBias(), weights.kernel(), weights.recurrentKernel(), weights.bias()));
    }

    public Lstm unitForgetBias(boolean value) {
        return weights(
                new Weights(weights.useBias(), value, weights.kernel(), weights.recurrentKernel(), weights.bias()));
    }

    public Lstm kernelInitializer(Initializer initializer) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), initializer, weights.recurrentKernel(), weights.bias()));
    }

    public Lstm recurrentInitializer(Initializer initializer) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), weights.kernel(), initializer, weights.bias()));
    }

    public Lstm biasInitializer(Initializer initializer) {
        return weights(new Weights(
                weights.useBias(), weights.unitForgetBias(), weights.kernel(), weights.recurrentKernel(), initializer));
    }

    /**
     * A seed for this layer's first weights, instead of the model's ({@code Model.initialize}). Dropout draws by the
     * trainer's seed.
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

    /** Applies this layer to a sequence, beginning at the given state instead of zeros. */
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
