package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Optional;

/**
 * A recurrent layer over a sequence in both directions, each with weights of its own (Schuster and Paliwal 1997), with Keras's
 * arguments and defaults. The backward half begins at the last step, and what it returns of a sequence is turned round, so that
 * both halves speak of the same step. With a mask the backward half begins at the last step that counts, and both give zeros
 * where a step does not count.
 */
public final class Bidirectional extends ConfiguredLayer<Bidirectional> {

    private static final Option<Layer> LAYER = Option.required("layer", OptionKind.LAYER)
            .check(Half::problem);
    private static final Option<Optional<Layer>> BACKWARD = Option
            .of("backward_layer", OptionKind.OPTIONAL_LAYER, Optional.<Layer>empty())
            .check((option, layer) -> layer.map(half -> Half.problem(option, half)).orElse(null));
    private static final Option<MergeMode> MERGE = Option.of("merge_mode", MergeMode.KIND, MergeMode.CONCAT);

    private static final Option<Boolean> ZERO = Option.of("zero_output_for_mask", OptionKind.FLAG, true);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Bidirectional", MERGE, LAYER, BACKWARD, ZERO)
            .deciding(ZERO.name());

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     * @throws IllegalArgumentException if the two directions do not go together
     */
    public Bidirectional(Configuration configuration) {
        super(configuration);
        if (layer() != null) {
            requirePair(new Half(layer()), new Half(backwardLayer()));
        }
    }

    private void requirePair(Half forward, Half backward) {
        String who = kind() + (name() == null ? "" : " '" + name() + "'");
        if (forward.backwards() == backward.backwards()) {
            throw new IllegalArgumentException(who + ": its two layers must go different ways, got go_backwards="
                    + forward.backwards() + " of both; "
                    + (forward.backwards() && get(BACKWARD).isEmpty()
                            ? "give a layer that goes forwards: its backward half is made of it"
                            : "let one of them go backwards"));
        }
        String differs = forward.differsFrom(backward);
        if (differs != null) {
            throw new IllegalArgumentException(who + ": its two layers must have the same " + differs + ", got "
                    + forward.flag(differs) + " of layer and " + backward.flag(differs)
                    + " of backward_layer; set it in both");
        }
    }

    /**
     * Both directions of a recurrent layer; the backward half has the same options and weights of its own.
     *
     * @param layer a recurrent layer that goes forwards, for example an {@link Lstm}
     * @return the layer, which puts the halves side by side
     * @throws IllegalArgumentException if it is no recurrent layer, or goes backwards
     */
    public static Bidirectional of(Layer layer) {
        return new Bidirectional(Configuration.of(OPTIONS).with(LAYER, layer));
    }

    /**
     * Both directions, each a layer of its own.
     *
     * @param layer    a recurrent layer
     * @param backward one that goes the other way
     * @return the layer, which puts the halves side by side
     * @throws IllegalArgumentException if one is no recurrent layer, both go the same way, or only one returns sequences or its
     *                                  state
     */
    public static Bidirectional of(Layer layer, Layer backward) {
        Arguments.required(backward, "Bidirectional.of", "backward", "a recurrent layer that goes backwards");
        return new Bidirectional(
                Configuration.of(OPTIONS).with(LAYER, layer).with(BACKWARD, Optional.of(backward)));
    }

    @Override
    protected Bidirectional of(Configuration configuration) {
        return new Bidirectional(configuration);
    }

    /**
     * Another backward half than the one made of the layer.
     *
     * @param backward a recurrent layer that goes backwards; with another number of units the halves can only be put side by
     *                 side, or stay apart
     * @return this layer with it
     * @throws IllegalArgumentException if it is no recurrent layer, goes the same way as the layer, or differs in what it
     *                                  returns
     */
    public Bidirectional backwardLayer(Layer backward) {
        Arguments.required(backward, "Bidirectional.backwardLayer", "backward",
                "a recurrent layer that goes backwards");
        return with(BACKWARD, Optional.of(backward));
    }

    /**
     * How the halves become one value.
     *
     * @param mode default side by side
     * @return this layer with it
     */
    public Bidirectional merge(MergeMode mode) {
        return with(MERGE, mode);
    }

    /**
     * As {@link #merge(MergeMode)}.
     *
     * @param keyword Keras's word: concat, sum, mul, ave; none for Keras's {@code None}
     * @return this layer with it
     * @throws IllegalArgumentException naming the modes there are
     */
    public Bidirectional merge(String keyword) {
        return merge(MergeMode.of(keyword));
    }

    /**
     * Whether both halves of a sequence are zero where a step does not count, as in Keras 3; otherwise they repeat what they
     * gave last, as in Keras 2. What the two layers say of it themselves is passed over.
     *
     * @param value default true
     * @return this layer doing so
     */
    public Bidirectional zeroOutputForMask(boolean value) {
        return with(ZERO, value);
    }

    @Override
    public BidirectionalOutput on(Node input) {
        Arguments.required(input, "Bidirectional.on", "input", "a value of the graph");
        return output(call(CallArguments.of(List.of(input))));
    }

    /**
     * Applies this layer to a sequence, beginning at the given states instead of zeros.
     *
     * @param input        [B,T,I]
     * @param initialState the states of the forward half, then those of the backward half, each [B,U]; of an LSTM h, c, h, c
     * @return what it makes
     * @throws NullPointerException if the sequence or the states are null
     */
    public BidirectionalOutput on(Node input, State initialState) {
        Arguments.required(input, "Bidirectional.on", "input", "a value of the graph");
        Arguments.required(initialState, "Bidirectional.on", "initialState",
                "a state, for example of another Bidirectional");
        return output(call(CallArguments.of(input, initialState.parts())));
    }

    /**
     * Applies this layer to a sequence, beginning at fixed numbers, which are saved with the model ({@link ConstantState}).
     *
     * @param input        [B,T,I]
     * @param initialState the states of the forward half, then those of the backward one, each [U] for all samples, or [B,U]
     *                     with a row for each
     * @return what it makes
     * @throws NullPointerException     if the sequence or a part of the state is null
     * @throws IllegalArgumentException if a part is of another form, or there is none
     */
    public BidirectionalOutput on(Node input, Tensor... initialState) {
        Arguments.required(input, "Bidirectional.on", "input", "a value of the graph");
        Arguments.all(initialState, "Bidirectional.on", "initialState", "tensors [U] or [B,U], of both halves");
        return on(input, ConstantState.all(input, initialState));
    }

    private BidirectionalOutput output(LayerCall call) {
        boolean returns = new Half(layer()).state();
        return new BidirectionalOutput(call, mergeMode() == MergeMode.NONE ? 2 : 1,
                returns ? new Half(layer()).states() : 0, returns ? new Half(backwardLayer()).states() : 0);
    }

    /**
     * The forward half.
     *
     * @return as it was given
     */
    public Layer layer() {
        return get(LAYER);
    }

    /**
     * The backward half.
     *
     * @return as it was given, or the layer going backwards
     */
    public Layer backwardLayer() {
        return get(BACKWARD).orElseGet(() -> new Half(layer()).reversed().layer());
    }

    /**
     * Both halves as they run: whether steps that do not count give zeros is this layer's to say, not theirs.
     *
     * @return the forward half, then the backward half
     */
    public List<Layer> halves() {
        return List.of(new Half(layer()).keepingOutputs().layer(), new Half(backwardLayer()).keepingOutputs().layer());
    }

    /**
     * How the halves become one value.
     *
     * @return default side by side
     */
    public MergeMode mergeMode() {
        return get(MERGE);
    }

    /**
     * Whether both halves of a sequence are zero where a step does not count.
     *
     * @return default true
     */
    public boolean zeroOutputForMask() {
        return get(ZERO);
    }

    /**
     * Whether the halves return every step.
     *
     * @return that of both
     */
    public boolean returnsSequences() {
        return new Half(layer()).sequences();
    }

    /**
     * Whether the states of both halves are returned too.
     *
     * @return that of both
     */
    public boolean returnsState() {
        return new Half(layer()).state();
    }
}
