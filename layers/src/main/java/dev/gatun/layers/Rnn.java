package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A cell over a sequence, with Keras's arguments and defaults. Takes [B,T,I] and returns what the cell makes of the last step
 * [B,U], or with {@link #returnSequences()} of every step [B,T,U], and with {@link #returnState()} also the cell's states after
 * the last step. Over {@link LstmCell}, {@link GruCell} or {@link SimpleRnnCell} it is the layer of that name, bit for bit and as
 * fast; over {@link StackedRnnCells} it is such layers above each other. What a cell has as options, such as dropout, is declared
 * there; a model with a cell that cannot be built, or run as asked, is refused when it is made.
 */
public final class Rnn extends ConfiguredLayer<Rnn> {

    private static final Option<Layer> CELL = Option.required("cell", OptionKind.LAYER).check(new CellCheck());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("RNN", RecurrentLayer.SEQUENCES, RecurrentLayer.STATE,
            RecurrentLayer.BACKWARDS, RecurrentLayer.STATEFUL, RecurrentLayer.ZERO_OUTPUT, CELL)
            .only("time_major", false)
            .ignoring("unroll", "says how Keras computes, not what");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Rnn(Configuration configuration) {
        super(configuration);
    }

    /**
     * A cell over a sequence.
     *
     * @param cell one that implements {@link RecurrentCell}: LstmCell, StackedRnnCells, a cell of your own, ...
     * @return the layer, which returns the last step
     * @throws IllegalArgumentException if it is no cell
     */
    public static Rnn of(Layer cell) {
        return new Rnn(Configuration.of(OPTIONS).with(CELL, cell));
    }

    /**
     * Cells above each other over a sequence, as one {@link StackedRnnCells}.
     *
     * @param cells from the lowest to the highest, at least one
     * @return the layer, which returns the highest cell's last step
     * @throws IllegalArgumentException if there is none, or one is no cell
     */
    public static Rnn stack(Layer... cells) {
        return of(StackedRnnCells.of(cells));
    }

    @Override
    protected Rnn of(Configuration configuration) {
        return new Rnn(configuration);
    }

    /** As in Keras, both have to be. */
    @Override
    public boolean isTrainable() {
        return super.isTrainable() && cell().isTrainable();
    }

    @Override
    public RecurrentOutput on(Node input) {
        Arguments.required(input, "Rnn.on", "input", "a value of the graph");
        return output(call(CallArguments.of(List.of(input))));
    }

    /**
     * Applies this layer to a sequence, beginning at the given states instead of zeros.
     *
     * @param input        [B,T,I]
     * @param initialState [B,S] for each S of the cell's {@link RecurrentCell#stateSizes}; of a stack those of all cells, the
     *                     lowest cell's first
     * @return what it makes
     * @throws NullPointerException if the sequence or the state is null
     */
    public RecurrentOutput on(Node input, State initialState) {
        Arguments.required(input, "Rnn.on", "input", "a value of the graph");
        Arguments.required(initialState, "Rnn.on", "initialState",
                "a state, for example of another Rnn over such a cell");
        return output(call(CallArguments.of(input, initialState.parts())));
    }

    /**
     * Applies this layer to a sequence, beginning at fixed numbers, which are saved with the model ({@link ConstantState}).
     *
     * @param input        [B,T,I]
     * @param initialState one for each of the cell's {@link RecurrentCell#stateSizes}, in their order, each [S] for all samples, or
     *                     [B,S] with a row for each
     * @return what it makes
     * @throws NullPointerException     if the sequence or a part of the state is null
     * @throws IllegalArgumentException if a part is of another form, or there is none
     */
    public RecurrentOutput on(Node input, Tensor... initialState) {
        Arguments.required(input, "Rnn.on", "input", "a value of the graph");
        Arguments.all(initialState, "Rnn.on", "initialState", "tensors [S] or [B,S], one for each state of the cell");
        return on(input, ConstantState.all(input, initialState));
    }

    private RecurrentOutput output(LayerCall call) {
        int states = ((RecurrentCell) cell()).stateSizes().size();
        return new RecurrentOutput(call, returnsSequences(), returnsState() ? states : 0);
    }

    /**
     * Returns what the cell makes of every step.
     *
     * @return this layer doing so
     */
    public Rnn returnSequences() {
        return returnSequences(true);
    }

    /**
     * Whether what the cell makes of every step is returned.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Rnn returnSequences(boolean value) {
        return with(RecurrentLayer.SEQUENCES, value);
    }

    /**
     * Returns the states after the last step too.
     *
     * @return this layer doing so
     */
    public Rnn returnState() {
        return returnState(true);
    }

    /**
     * Whether the states after the last step are returned too.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Rnn returnState(boolean value) {
        return with(RecurrentLayer.STATE, value);
    }

    /**
     * As {@link RecurrentLayer#stateful()}: each run goes on from where the one before has ended.
     *
     * @return this layer doing so
     */
    public Rnn stateful() {
        return stateful(true);
    }

    /**
     * As {@link RecurrentLayer#stateful(boolean)}.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Rnn stateful(boolean value) {
        return with(RecurrentLayer.STATEFUL, value);
    }

    /**
     * Whether each run goes on from where the one before has ended.
     *
     * @return the option's value
     */
    public boolean isStateful() {
        return get(RecurrentLayer.STATEFUL);
    }

    /**
     * Runs from the last step to the first; the sequence is returned in processing order, as in Keras.
     *
     * @return this layer doing so
     */
    public Rnn goBackwards() {
        return goBackwards(true);
    }

    /**
     * Whether it runs from the last step to the first.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Rnn goBackwards(boolean value) {
        return with(RecurrentLayer.BACKWARDS, value);
    }

    /**
     * Gives zeros for steps that a mask leaves out, instead of the last output.
     *
     * @return this layer doing so
     */
    public Rnn zeroOutputForMask() {
        return zeroOutputForMask(true);
    }

    /**
     * Whether a step that a mask leaves out gives zeros, instead of the last output; of a layer that returns its last step only,
     * whether it gives zeros if that one is left out. The states are kept either way.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Rnn zeroOutputForMask(boolean value) {
        return with(RecurrentLayer.ZERO_OUTPUT, value);
    }

    /**
     * What makes each step.
     *
     * @return as it was given
     */
    public Layer cell() {
        return get(CELL);
    }

    /**
     * Whether what the cell makes of every step is returned.
     *
     * @return default false
     */
    public boolean returnsSequences() {
        return get(RecurrentLayer.SEQUENCES);
    }

    /**
     * Whether the states after the last step are returned too.
     *
     * @return default false
     */
    public boolean returnsState() {
        return get(RecurrentLayer.STATE);
    }

    /**
     * Whether it runs from the last step to the first.
     *
     * @return default false
     */
    public boolean goesBackwards() {
        return get(RecurrentLayer.BACKWARDS);
    }

    /**
     * Whether a step that a mask leaves out gives zeros.
     *
     * @return default false
     */
    public boolean zeroesOutputForMask() {
        return get(RecurrentLayer.ZERO_OUTPUT);
    }
}
