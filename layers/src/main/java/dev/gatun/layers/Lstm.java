package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), with Keras's arguments and defaults. Takes a
 * sequence [B,T,I] and returns the last h [B,U], or with {@link #returnSequences()} every h [B,T,U], and with
 * {@link #returnState()} also h and c after the last step; of no steps, what it began with. Weights, gates in the order input,
 * forget, candidate, output: kernel [I,4U], recurrent kernel [U,4U], bias [4U].
 */
public final class Lstm extends ConfiguredLayer<Lstm> {

    private static final Option<Integer> UNITS = Option.required("units", OptionKind.WHOLE).check(new UnitCount());
    private static final Option<Boolean> SEQUENCES = Option.of("return_sequences", OptionKind.FLAG, false);
    private static final Option<Boolean> STATE = Option.of("return_state", OptionKind.FLAG, false);
    private static final Option<Boolean> BACKWARDS = Option.of("go_backwards", OptionKind.FLAG, false);
    private static final Option<Boolean> ZERO_OUTPUT = Option.of("zero_output_for_mask", OptionKind.FLAG, false);
    private static final Option<ActivationFunction> ACTIVATION = Option
            .of("activation", OptionKind.ACTIVATION, ActivationFunction.TANH)
            .check(new ElementwiseCheck());
    private static final Option<ActivationFunction> RECURRENT_ACTIVATION = Option
            .of("recurrent_activation", OptionKind.ACTIVATION, ActivationFunction.SIGMOID)
            .check(new ElementwiseCheck());
    private static final Option<Double> DROPOUT = Option.of("dropout", OptionKind.NUMBER, 0.0).check(new Share());
    private static final Option<Double> RECURRENT_DROPOUT = Option.of("recurrent_dropout", OptionKind.NUMBER, 0.0)
            .check(new Share());
    private static final Option<Boolean> USE_BIAS = Option.of("use_bias", OptionKind.FLAG, true);
    private static final Option<Boolean> UNIT_FORGET_BIAS = Option.of("unit_forget_bias", OptionKind.FLAG, true);
    private static final Option<Initializer> KERNEL = Option.of("kernel_initializer", OptionKind.INITIALIZER,
            Initializer.GLOROT_UNIFORM);
    private static final Option<Initializer> RECURRENT = Option.of("recurrent_initializer", OptionKind.INITIALIZER,
            Initializer.ORTHOGONAL);
    private static final Option<Initializer> BIAS = Option.of("bias_initializer", OptionKind.INITIALIZER,
            Initializer.ZEROS);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("LSTM", UNITS, SEQUENCES, STATE, BACKWARDS, ZERO_OUTPUT, ACTIVATION, RECURRENT_ACTIVATION, DROPOUT,
                    RECURRENT_DROPOUT, USE_BIAS, UNIT_FORGET_BIAS, KERNEL, RECURRENT, BIAS)
            .only("stateful", false)
            .only("time_major", false)
            .without("kernel_regularizer", "kernel_constraint", "recurrent_regularizer", "recurrent_constraint",
                    "bias_regularizer", "bias_constraint", "quantization_config")
            .ignoring("unroll", "says how Keras computes, not what")
            .ignoring("use_cudnn", "says how Keras computes, not what")
            .ignoring("implementation", "says how Keras computes, not what")
            .ignoring("seed", "of dropout; the trainer's seed serves");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Lstm(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param units U, at least 1
     * @return a layer of U units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static Lstm units(int units) {
        return new Lstm(Configuration.of(OPTIONS).with(UNITS, units));
    }

    @Override
    protected Lstm of(Configuration configuration) {
        return new Lstm(configuration);
    }

    /**
     * Returns h of every step.
     *
     * @return this layer doing so
     */
    public Lstm returnSequences() {
        return returnSequences(true);
    }

    /**
     * Whether h of every step is returned.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm returnSequences(boolean value) {
        return with(SEQUENCES, value);
    }

    /**
     * Returns h and c after the last step too.
     *
     * @return this layer doing so
     */
    public Lstm returnState() {
        return returnState(true);
    }

    /**
     * Whether h and c after the last step are returned too.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm returnState(boolean value) {
        return with(STATE, value);
    }

    /**
     * Runs from the last step to the first; the sequence is returned in processing order, as in Keras.
     *
     * @return this layer doing so
     */
    public Lstm goBackwards() {
        return goBackwards(true);
    }

    /**
     * Whether it runs from the last step to the first.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm goBackwards(boolean value) {
        return with(BACKWARDS, value);
    }

    /**
     * Gives zeros for steps that a mask leaves out, instead of the last output.
     *
     * @return this layer doing so
     */
    public Lstm zeroOutputForMask() {
        return zeroOutputForMask(true);
    }

    /**
     * Whether a step that a mask leaves out gives zeros, instead of the last output; of a layer that returns its last step only,
     * whether it gives zeros if that one is left out. The states are kept either way.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm zeroOutputForMask(boolean value) {
        return with(ZERO_OUTPUT, value);
    }

    /**
     * The activation of the candidate, and of the cell state on its way to h.
     *
     * @param function default tanh
     * @return this layer with it
     * @throws IllegalArgumentException if it looks at more than one number, as softmax does
     */
    public Lstm activation(ActivationFunction function) {
        return with(ACTIVATION, function);
    }

    /**
     * As {@link #activation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public Lstm activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * The activation of the input, forget and output gates.
     *
     * @param function default sigmoid
     * @return this layer with it
     * @throws IllegalArgumentException if it looks at more than one number, as softmax does
     */
    public Lstm recurrentActivation(ActivationFunction function) {
        return with(RECURRENT_ACTIVATION, function);
    }

    /**
     * As {@link #recurrentActivation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public Lstm recurrentActivation(String keyword) {
        return recurrentActivation(ActivationFunction.of(keyword));
    }

    /**
     * Dropout of the input in training; the numbers that become zero are drawn once per batch and are the same for all steps.
     *
     * @param rate probability that a number becomes zero, from 0 (default) to below 1
     * @return this layer with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public Lstm dropout(double rate) {
        return with(DROPOUT, rate);
    }

    /**
     * Dropout of h on its way to the next step. Serving ignores it, and training with it is refused.
     *
     * @param rate probability that a number becomes zero, from 0 (default) to below 1
     * @return this layer with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public Lstm recurrentDropout(double rate) {
        return with(RECURRENT_DROPOUT, rate);
    }

    /**
     * Without a bias.
     *
     * @return this layer without it
     */
    public Lstm noBias() {
        return useBias(false);
    }

    /**
     * Whether there is a bias.
     *
     * @param value default true
     * @return this layer with or without it
     */
    public Lstm useBias(boolean value) {
        return with(USE_BIAS, value);
    }

    /**
     * Whether the forget gate's bias begins at 1.
     *
     * @param value default true
     * @return this layer doing so
     */
    public Lstm unitForgetBias(boolean value) {
        return with(UNIT_FORGET_BIAS, value);
    }

    /**
     * How the kernel begins.
     *
     * @param initializer default Glorot uniform
     * @return this layer with it
     */
    public Lstm kernelInitializer(Initializer initializer) {
        return with(KERNEL, initializer);
    }

    /**
     * How the recurrent kernel begins.
     *
     * @param initializer default orthogonal
     * @return this layer with it
     */
    public Lstm recurrentInitializer(Initializer initializer) {
        return with(RECURRENT, initializer);
    }

    /**
     * How the bias begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public Lstm biasInitializer(Initializer initializer) {
        return with(BIAS, initializer);
    }

    /**
     * A seed for this layer's first weights, instead of the model's ({@code Model.initialize}). Dropout draws by the
     * trainer's seed.
     *
     * @param value any
     * @return this layer with it
     */
    public Lstm seed(long value) {
        return kernelInitializer(kernelInitializer().seeded(value))
                .recurrentInitializer(recurrentInitializer().seeded(value))
                .biasInitializer(biasInitializer().seeded(value));
    }

    @Override
    public RecurrentOutput on(Node input) {
        Arguments.required(input, "Lstm.on", "input", "a value of the graph");
        return output(call(CallArguments.of(List.of(input))));
    }

    /**
     * Applies this layer to a sequence, beginning at the given state instead of zeros.
     *
     * @param input        [B,T,I]
     * @param initialState h and c, each [B,U]
     * @return what it makes
     */
    public RecurrentOutput on(Node input, State initialState) {
        Arguments.required(input, "Lstm.on", "input", "a value of the graph");
        Arguments.required(initialState, "Lstm.on", "initialState", "a state, for example of another LSTM");
        return output(call(CallArguments.of(input, initialState.parts())));
    }

    private RecurrentOutput output(LayerCall call) {
        return new RecurrentOutput(call, returnsSequences(), returnsState() ? 2 : 0);
    }

    /**
     * U.
     *
     * @return at least 1
     */
    public int units() {
        return get(UNITS);
    }

    /**
     * Whether h of every step is returned.
     *
     * @return default false
     */
    public boolean returnsSequences() {
        return get(SEQUENCES);
    }

    /**
     * Whether h and c after the last step are returned too.
     *
     * @return default false
     */
    public boolean returnsState() {
        return get(STATE);
    }

    /**
     * Whether it runs from the last step to the first.
     *
     * @return default false
     */
    public boolean goesBackwards() {
        return get(BACKWARDS);
    }

    /**
     * Whether a step that a mask leaves out gives zeros.
     *
     * @return default false
     */
    public boolean zeroesOutputForMask() {
        return get(ZERO_OUTPUT);
    }

    /**
     * The activation of the candidate and of the cell state on its way to h.
     *
     * @return default tanh
     */
    public ActivationFunction activation() {
        return get(ACTIVATION);
    }

    /**
     * The activation of the input, forget and output gates.
     *
     * @return default sigmoid
     */
    public ActivationFunction recurrentActivation() {
        return get(RECURRENT_ACTIVATION);
    }

    /**
     * Probability that a number of the input becomes zero in training.
     *
     * @return from 0 to below 1
     */
    public double dropout() {
        return get(DROPOUT);
    }

    /**
     * Probability that a number of h becomes zero in training.
     *
     * @return from 0 to below 1
     */
    public double recurrentDropout() {
        return get(RECURRENT_DROPOUT);
    }

    /**
     * Whether there is a bias.
     *
     * @return default true
     */
    public boolean useBias() {
        return get(USE_BIAS);
    }

    /**
     * Whether the forget gate's bias begins at 1.
     *
     * @return default true
     */
    public boolean unitForgetBias() {
        return get(UNIT_FORGET_BIAS);
    }

    /**
     * How the kernel begins.
     *
     * @return default Glorot uniform
     */
    public Initializer kernelInitializer() {
        return get(KERNEL);
    }

    /**
     * How the recurrent kernel begins.
     *
     * @return default orthogonal
     */
    public Initializer recurrentInitializer() {
        return get(RECURRENT);
    }

    /**
     * How the bias begins.
     *
     * @return default zeros
     */
    public Initializer biasInitializer() {
        return get(BIAS);
    }
}
