package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Optional;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), with Keras's arguments and defaults. Takes a
 * sequence [B,T,I] and returns the last h [B,U], or with {@link #returnSequences()} every h [B,T,U], and with
 * {@link #returnState()} also h and c after the last step; of no steps, what it began with. Weights, gates in the order input,
 * forget, candidate, output: kernel [I,4U], recurrent kernel [U,4U], bias [4U].
 * Beside Keras's options it has those of other engines: {@link #peepholes()}, {@link #inputForget()}, {@link #cellClip(double)},
 * {@link #forgetBias(double)}, {@link #outputActivation(ActivationFunction)}, {@link #clip(double)}, {@link #layerNorm()},
 * {@link #learnInitialState()}, {@link #projection(int)}.
 */
public final class Lstm extends GatedLayer<Lstm> {

    static final Option<Boolean> UNIT_FORGET_BIAS = Option.of("unit_forget_bias", OptionKind.FLAG, true);

    private static final Option<Boolean> PEEPHOLES = Option.of("peepholes", OptionKind.FLAG, false).beyondKeras();
    private static final Option<Initializer> PEEPHOLE = Option.of("peephole_initializer", OptionKind.INITIALIZER,
            Initializer.GLOROT_UNIFORM).beyondKeras();
    private static final Option<Boolean> LAYER_NORM = Option.of("layer_norm", OptionKind.FLAG, false).beyondKeras();
    private static final Option<Double> EPSILON = Option.of("layer_norm_epsilon", OptionKind.NUMBER, 1e-12)
            .check((option, value) -> value > 0 && value < Double.POSITIVE_INFINITY
                    ? null
                    : "expected a " + option + " above 0, got " + value)
            .beyondKeras();
    static final Option<Integer> PROJECTION = Option.of("projection", OptionKind.WHOLE, 0)
            .check((option, width) -> width >= 0
                    ? null
                    : "expected a " + option + " of at least 1, or 0 for none, got " + width)
            .beyondKeras();
    private static final Option<Boolean> INPUT_FORGET = Option.of("input_forget", OptionKind.FLAG, false)
            .beyondKeras();
    private static final Option<Double> CELL_CLIP = Option.of("cell_clip", OptionKind.NUMBER, 0.0).check(new Limit())
            .beyondKeras();
    private static final Option<Double> FORGET_BIAS = Option.of("forget_bias", OptionKind.NUMBER, 0.0)
            .check(new Finite()).beyondKeras();
    private static final Option<Optional<ActivationFunction>> OUTPUT_ACTIVATION = Option
            .of("output_activation", OptionKind.OPTIONAL_ACTIVATION, Optional.<ActivationFunction>empty())
            .check(new OptionalCheck<>(new KeepsWidth())).beyondKeras();

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("LSTM", UNITS, SEQUENCES, STATE, BACKWARDS, ACTIVATION,
            RECURRENT_ACTIVATION, DROPOUT, RECURRENT_DROPOUT, USE_BIAS, UNIT_FORGET_BIAS, KERNEL, RECURRENT, BIAS,
            PEEPHOLES, PEEPHOLE,
            INPUT_FORGET, CELL_CLIP, FORGET_BIAS, OUTPUT_ACTIVATION, LAYER_NORM, EPSILON,
            PROJECTION);

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

    @Override
    public List<Integer> stateWidths() {
        return List.of(projection() == 0 ? units() : projection(), units());
    }

    /**
     * Whether the forget gate's bias begins at 1. Where the gate has none, with {@link #inputForget()}, nothing does.
     *
     * @param value default true
     * @return this layer doing so
     */
    public Lstm unitForgetBias(boolean value) {
        return with(UNIT_FORGET_BIAS, value);
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
     * Lets the gates see the cell state.
     *
     * @return this layer doing so
     */
    public Lstm peepholes() {
        return peepholes(true);
    }

    /**
     * Whether the gates see the cell state (Gers and Schmidhuber 2000): input and forget gate the one before the step, the output
     * gate the one after it. Each has a weight more for each unit, {@code input_peephole}, {@code forget_peephole} and
     * {@code output_peephole} [U]. ONNX and TensorFlow 1 have them, Keras does not.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm peepholes(boolean value) {
        return with(PEEPHOLES, value);
    }

    /**
     * How the peepholes begin.
     *
     * @param initializer default Glorot uniform, as the kernel's in TensorFlow 1
     * @return this layer with it
     */
    public Lstm peepholeInitializer(Initializer initializer) {
        return with(PEEPHOLE, initializer);
    }

    /**
     * Couples the forget gate to the input gate.
     *
     * @return this layer doing so
     */
    public Lstm inputForget() {
        return inputForget(true);
    }

    /**
     * Whether the forget gate is 1 less the input gate, and has no weights of its own (Greff et al. 2017; ONNX's
     * {@code input_forget}): then there are three gates, in the order input, candidate, output, and weights are [I,3U], [U,3U]
     * and [3U].
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm inputForget(boolean value) {
        return with(INPUT_FORGET, value);
    }

    /**
     * What the cell state is clipped to after each step, [-limit, limit]: TensorFlow 1's {@code cell_clip}. Where it is clipped
     * there is no gradient. {@link #clip(double)} clips the pre-activations instead.
     *
     * @param limit above 0, or 0 (default) for none
     * @return this layer with it
     * @throws IllegalArgumentException if it is below 0, or no number
     */
    public Lstm cellClip(double limit) {
        return with(CELL_CLIP, limit);
    }

    /**
     * What is added to the forget gate beside its bias, whenever the layer runs: TensorFlow 1's {@code forget_bias}, whose stored
     * bias does not contain it. It is no weight, and no training changes it. A layer that is given one
     * begins with a bias of {@link #biasInitializer} alone, as TensorFlow 1 does: {@link #unitForgetBias(boolean)} becomes false.
     *
     * @param value default 0; 1 is TensorFlow 1's default
     * @return this layer with it
     * @throws IllegalArgumentException if it is no number
     */
    public Lstm forgetBias(double value) {
        Lstm with = with(FORGET_BIAS, value);
        return value == 0 ? with : with.unitForgetBias(false);
    }

    /**
     * Another activation for the cell state on its way to h than for the candidate: the third of ONNX's activations. One that looks
     * at more than one number, as softmax does, looks at all units.
     *
     * @param function default that of {@link #activation(ActivationFunction)}
     * @return this layer with it
     * @throws NullPointerException if it is null
     */
    public Lstm outputActivation(ActivationFunction function) {
        Arguments.required(function, "Lstm.outputActivation", "function", "for example ActivationFunction.TANH");
        return with(OUTPUT_ACTIVATION, Optional.of(function));
    }

    /**
     * As {@link #outputActivation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public Lstm outputActivation(String keyword) {
        return outputActivation(ActivationFunction.of(keyword));
    }

    /**
     * Projects h to another width before it is returned and goes on (Sak, Senior and Beaufays 2014): PyTorch's
     * {@code proj_size}, TensorFlow 1's {@code num_proj}. h and what is returned are P wide, c stays U wide; the recurrent kernel
     * is [P,4U], and there is a weight {@code projection_kernel} [U,P], without a bias, which begins as the kernel does.
     *
     * @param width P, at least 1, usually fewer than the units; or 0 (default) for none
     * @return this layer with it
     * @throws IllegalArgumentException if it is below 0
     */
    public Lstm projection(int width) {
        return with(PROJECTION, width);
    }

    /**
     * The width that h is projected to.
     *
     * @return 0 (default) for none
     */
    public int projection() {
        return get(PROJECTION);
    }

    /**
     * Normalizes gates and cell state over the units.
     *
     * @return this layer doing so
     */
    public Lstm layerNorm() {
        return layerNorm(true);
    }

    /**
     * Whether the sums of each gate, and the cell state after each step, are normalized over the units (Ba, Kiros and Hinton
     * 2016), as in TensorFlow 1's {@code LayerNormBasicLSTMCell}: the state goes on normalized, and
     * {@link #forgetBias(double)} is added to the normalized gate. Weights are, beside the others, {@code gate_gamma} and
     * {@code gate_beta} [4U], {@code state_gamma} and {@code state_beta} [U], ones and zeros at first. TensorFlow's cell has no
     * bias then: {@code .noBias()}.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Lstm layerNorm(boolean value) {
        return with(LAYER_NORM, value);
    }

    /**
     * What a layer norm adds to each variance.
     *
     * @param value above 0, default 1e-12 as in TensorFlow 1
     * @return this layer with it
     * @throws IllegalArgumentException if it is not above 0
     */
    public Lstm layerNormEpsilon(double value) {
        return with(EPSILON, value);
    }

    /**
     * Whether gates and cell state are normalized over the units.
     *
     * @return default false
     */
    public boolean hasLayerNorm() {
        return get(LAYER_NORM);
    }

    /**
     * What a layer norm adds to each variance.
     *
     * @return default 1e-12
     */
    public double layerNormEpsilon() {
        return get(EPSILON);
    }

    /**
     * Whether the gates see the cell state.
     *
     * @return default false
     */
    public boolean hasPeepholes() {
        return get(PEEPHOLES);
    }

    /**
     * How the peepholes begin.
     *
     * @return default Glorot uniform
     */
    public Initializer peepholeInitializer() {
        return get(PEEPHOLE);
    }

    /**
     * Whether the forget gate is 1 less the input gate.
     *
     * @return default false
     */
    public boolean couplesInputForget() {
        return get(INPUT_FORGET);
    }

    /**
     * What the cell state is clipped to.
     *
     * @return 0 (default) for none
     */
    public double cellClip() {
        return get(CELL_CLIP);
    }

    /**
     * What is added to the forget gate beside its bias.
     *
     * @return default 0
     */
    public double forgetBias() {
        return get(FORGET_BIAS);
    }

    /**
     * The activation of the cell state on its way to h.
     *
     * @return default that of the candidate
     */
    public ActivationFunction outputActivation() {
        return get(OUTPUT_ACTIVATION).orElse(activation());
    }
}
