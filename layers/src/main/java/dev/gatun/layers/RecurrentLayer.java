package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer that goes through time with a state, and what all such layers have. Takes a sequence [B,T,I] and returns the last h
 * [B,U], or with {@link #returnSequences()} every h [B,T,U], and with {@link #returnState()} also its states after the last step;
 * of no steps, what it began with.
 *
 * @param <L> the class itself
 */
public abstract class RecurrentLayer<L extends RecurrentLayer<L>> extends KernelLayer<L> {

    static final Option<Integer> UNITS = Option.required("units", OptionKind.WHOLE).check(new UnitCount());
    static final Option<Boolean> SEQUENCES = Option.of("return_sequences", OptionKind.FLAG, false);
    static final Option<Boolean> STATE = Option.of("return_state", OptionKind.FLAG, false);
    static final Option<Boolean> ZERO_OUTPUT = Option.of("zero_output_for_mask", OptionKind.FLAG, false);
    static final Option<Boolean> BACKWARDS = Option.of("go_backwards", OptionKind.FLAG, false);
    static final Option<Boolean> STATEFUL = Option.of("stateful", OptionKind.FLAG, false);
    static final Option<ActivationFunction> ACTIVATION = Option
            .of("activation", OptionKind.ACTIVATION, ActivationFunction.TANH)
            .check(new KeepsWidth());
    static final Option<Double> DROPOUT = Option.of("dropout", OptionKind.NUMBER, 0.0).check(new Share());
    static final Option<Double> RECURRENT_DROPOUT = Option.of("recurrent_dropout", OptionKind.NUMBER, 0.0)
            .check(new Share());
    static final Option<Initializer> RECURRENT = Option.of("recurrent_initializer", OptionKind.INITIALIZER,
            Initializer.ORTHOGONAL);
    static final Option<Regularizer> RECURRENT_PENALTY = Option.of("recurrent_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    static final Option<Constraint> RECURRENT_BOUND = Option.of("recurrent_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);

    static final Option<Double> CLIP = Option.of("clip", OptionKind.NUMBER, 0.0).check(new Limit()).beyondKeras();
    static final Option<Boolean> LEARNED = Option.of("learned_initial_state", OptionKind.FLAG, false).beyondKeras();

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    RecurrentLayer(Configuration configuration) {
        super(configuration);
    }

    /** The options of a class, those that all recurrent layers have, and those of Keras that they refuse or ignore. */
    static OptionSet options(String kind, Option<?>... own) {
        List<Option<?>> all = new ArrayList<>(List.of(own));
        all.addAll(List.of(STATEFUL, ZERO_OUTPUT, KERNEL_PENALTY, RECURRENT_PENALTY, BIAS_PENALTY, KERNEL_BOUND,
                RECURRENT_BOUND, BIAS_BOUND, CLIP, LEARNED));
        return OptionSet.of(kind, all.toArray(new Option<?>[0]))
                .only("time_major", false)
                .without("quantization_config")
                .ignoring("unroll", "says how Keras computes, not what")
                .ignoring("use_cudnn", "says how Keras computes, not what")
                .ignoring("implementation", "says how Keras computes, not what")
                .ignoring("seed", "of dropout; the trainer's seed serves");
    }

    /**
     * Widths of the states, h first. An LSTM that projects h has another one for it.
     *
     * @return U for each of them, but of an LSTM with a projection [P] P for h
     */
    public List<Integer> stateWidths() {
        return List.of(units());
    }

    @Override
    public final RecurrentOutput on(Node input) {
        Arguments.required(input, getClass().getSimpleName() + ".on", "input", "a value of the graph");
        return output(call(CallArguments.of(List.of(input))));
    }

    /**
     * Applies this layer to a sequence, beginning at the given state instead of zeros.
     *
     * @param input        [B,T,I]
     * @param initialState h, and of an LSTM c, each [B,U]; h of an LSTM with a projection [B,P]
     * @return what it makes
     * @throws NullPointerException if the sequence or the state is null
     */
    public final RecurrentOutput on(Node input, State initialState) {
        Arguments.required(input, getClass().getSimpleName() + ".on", "input", "a value of the graph");
        Arguments.required(initialState, getClass().getSimpleName() + ".on", "initialState",
                "a state, for example of another layer of this class");
        return output(call(CallArguments.of(input, initialState.parts())));
    }

    /**
     * Applies this layer to a sequence, beginning at fixed numbers, which are saved with the model ({@link ConstantState}).
     *
     * @param input        [B,T,I]
     * @param initialState h, and of an LSTM c, each [U] for all samples, or [B,U] with a row for each; h of an LSTM with a
     *                     projection [P] or [B,P]
     * @return what it makes
     * @throws NullPointerException     if the sequence or a part of the state is null
     * @throws IllegalArgumentException if a part is of another form, or there is none
     */
    public final RecurrentOutput on(Node input, Tensor... initialState) {
        Arguments.required(input, getClass().getSimpleName() + ".on", "input", "a value of the graph");
        Arguments.all(initialState, getClass().getSimpleName() + ".on", "initialState",
                "tensors [U] or [B,U], of an LSTM for h and c");
        return on(input, ConstantState.all(input, initialState));
    }

    private RecurrentOutput output(LayerCall call) {
        return new RecurrentOutput(call, returnsSequences(), returnsState() ? stateWidths().size() : 0);
    }

    /**
     * Returns h of every step.
     *
     * @return this layer doing so
     */
    public final L returnSequences() {
        return returnSequences(true);
    }

    /**
     * Whether h of every step is returned.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L returnSequences(boolean value) {
        return with(SEQUENCES, value);
    }

    /**
     * Returns the states after the last step too: h, and of an LSTM c.
     *
     * @return this layer doing so
     */
    public final L returnState() {
        return returnState(true);
    }

    /**
     * Whether the states after the last step are returned too: h, and of an LSTM c.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L returnState(boolean value) {
        return with(STATE, value);
    }

    /**
     * Runs from the last step to the first; the sequence is returned in processing order, as in Keras.
     *
     * @return this layer doing so
     */
    public final L goBackwards() {
        return goBackwards(true);
    }

    /**
     * Whether it runs from the last step to the first.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L goBackwards(boolean value) {
        return with(BACKWARDS, value);
    }

    /**
     * Goes on in each run from where the one before has ended.
     *
     * @return this layer doing so
     */
    public final L stateful() {
        return stateful(true);
    }

    /**
     * Whether it begins a run at the states in which the one before has left it, sample by sample, until
     * {@code Model.resetStates}. A batch may have any size: a sample that was not there before begins at zeros, or at what is
     * learned ({@link #learnInitialState()}), and so does a model that is loaded or built. A predictor has states of its own, and
     * so has a stream, in which all layers go on from step to step. A layer that is called more than once, or stands in a
     * {@link TimeDistributed}, cannot be stateful: its model is refused. In training no gradient reaches the batch before,
     * and {@code fit} wants samples in their order.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L stateful(boolean value) {
        return with(STATEFUL, value);
    }

    /**
     * Gives zeros for steps that a mask leaves out, instead of the last output.
     *
     * @return this layer doing so
     */
    public final L zeroOutputForMask() {
        return zeroOutputForMask(true);
    }

    /**
     * Whether a step that a mask leaves out gives zeros, instead of the last output; of a layer that returns its last step only,
     * whether it gives zeros if that one is left out. The states are kept either way.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L zeroOutputForMask(boolean value) {
        return with(ZERO_OUTPUT, value);
    }

    /**
     * A penalty on the recurrent kernel, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L recurrentRegularizer(Regularizer regularizer) {
        return with(RECURRENT_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the recurrent kernel to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L recurrentConstraint(Constraint constraint) {
        return with(RECURRENT_BOUND, constraint);
    }

    /**
     * The activation of a simple cell, and of a gated one's candidate; in an LSTM also of the cell state on its way to h. One that
     * looks at more than one number, as softmax does, looks at all units.
     *
     * @param function default tanh
     * @return this layer with it
     */
    public final L activation(ActivationFunction function) {
        return with(ACTIVATION, function);
    }

    /**
     * As {@link #activation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public final L activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * What the pre-activations of candidate and gates are clipped to, [-limit, limit], before their activations: ONNX's
     * {@code clip}. Beyond the limit they have no gradient. Keras does not have it.
     *
     * @param limit above 0, or 0 (default) for none
     * @return this layer with it
     * @throws IllegalArgumentException if it is below 0, or no number
     */
    public final L clip(double limit) {
        return with(CLIP, limit);
    }

    /**
     * What the pre-activations are clipped to.
     *
     * @return 0 (default) for none
     */
    public final double clip() {
        return get(CLIP);
    }

    /**
     * Learns the states that sequences begin at.
     *
     * @return this layer doing so
     */
    public final L learnInitialState() {
        return learnInitialState(true);
    }

    /**
     * Whether sequences begin at states that are weights, {@code initial_h} and of an LSTM {@code initial_c} [U], instead of zeros.
     * They begin at zeros and are trained as the others; streams begin, and go back at a reset, to what they are then. A call
     * that is given a state is refused. Keras does not have it.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L learnInitialState(boolean value) {
        return with(LEARNED, value);
    }

    /**
     * Whether sequences begin at states that are weights.
     *
     * @return default false
     */
    public final boolean learnsInitialState() {
        return get(LEARNED);
    }

    /**
     * Dropout of the input in training; the numbers that become zero are drawn once per batch and are the same for all steps.
     *
     * @param rate probability that a number becomes zero, from 0 (default) to below 1
     * @return this layer with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public final L dropout(double rate) {
        return with(DROPOUT, rate);
    }

    /**
     * Dropout of h on its way to the next step, in training; what becomes zero is drawn once per batch and is the same for all
     * steps. With it every gate has masks of its own, of the input ({@link #dropout}) as of h.
     *
     * @param rate probability that a number becomes zero, from 0 (default) to below 1
     * @return this layer with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public final L recurrentDropout(double rate) {
        return with(RECURRENT_DROPOUT, rate);
    }

    /**
     * How the recurrent kernel begins.
     *
     * @param initializer default orthogonal
     * @return this layer with it
     */
    public final L recurrentInitializer(Initializer initializer) {
        return with(RECURRENT, initializer);
    }

    /**
     * A seed for this layer's first weights, instead of the model's ({@code Model.initialize}). Dropout draws by the
     * trainer's seed.
     *
     * @param value any
     * @return this layer with it
     */
    public final L seed(long value) {
        return kernelInitializer(kernelInitializer().seeded(value))
                .recurrentInitializer(recurrentInitializer().seeded(value))
                .biasInitializer(biasInitializer().seeded(value));
    }

    /**
     * U.
     *
     * @return at least 1
     */
    public final int units() {
        return get(UNITS);
    }

    /**
     * Whether h of every step is returned.
     *
     * @return default false
     */
    public final boolean returnsSequences() {
        return get(SEQUENCES);
    }

    /**
     * Whether the states after the last step are returned too: h, and of an LSTM c.
     *
     * @return default false
     */
    public final boolean returnsState() {
        return get(STATE);
    }

    /**
     * Whether it runs from the last step to the first.
     *
     * @return default false
     */
    public final boolean goesBackwards() {
        return get(BACKWARDS);
    }

    /**
     * Whether it goes on in each run from where the one before has ended.
     *
     * @return default false
     */
    public final boolean isStateful() {
        return get(STATEFUL);
    }

    /**
     * The activation of a simple cell, and of a gated one's candidate; in an LSTM also of the cell state on its way to h.
     *
     * @return default tanh
     */
    public final ActivationFunction activation() {
        return get(ACTIVATION);
    }

    /**
     * Probability that a number of the input becomes zero in training.
     *
     * @return from 0 to below 1
     */
    public final double dropout() {
        return get(DROPOUT);
    }

    /**
     * Probability that a number of h becomes zero in training.
     *
     * @return from 0 to below 1
     */
    public final double recurrentDropout() {
        return get(RECURRENT_DROPOUT);
    }

    /**
     * How the recurrent kernel begins.
     *
     * @return default orthogonal
     */
    public final Initializer recurrentInitializer() {
        return get(RECURRENT);
    }

    /**
     * Whether a step that a mask leaves out gives zeros.
     *
     * @return default false
     */
    public final boolean zeroesOutputForMask() {
        return get(ZERO_OUTPUT);
    }

    /**
     * The penalty on the recurrent kernel.
     *
     * @return default none
     */
    public final Regularizer recurrentRegularizer() {
        return get(RECURRENT_PENALTY);
    }

    /**
     * What every step of a training holds the recurrent kernel to.
     *
     * @return default none
     */
    public final Constraint recurrentConstraint() {
        return get(RECURRENT_BOUND);
    }
}
