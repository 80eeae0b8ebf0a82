package dev.gatun.layers;

import java.util.List;

/**
 * One step of an {@link Lstm}, for an {@link Rnn} or a stack of cells: states h and c, each [B,U]. Weights as those of the layer:
 * kernel [I,4U], recurrent kernel [U,4U], bias [4U].
 */
public final class LstmCell extends GatedCell<LstmCell> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("LSTMCell", Lstm.OPTIONS);

    /**
     * A cell of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public LstmCell(Configuration configuration) {
        super(configuration);
    }

    /**
     * A cell with Keras's defaults.
     *
     * @param units U, at least 1
     * @return a cell of U units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static LstmCell units(int units) {
        return new LstmCell(Configuration.of(OPTIONS).with(RecurrentLayer.UNITS, units));
    }

    /**
     * The cell of a layer, with all of its options, those that have no method here too.
     *
     * @param layer for example {@code Lstm.units(8).peepholes()}
     * @return one step of it
     * @throws IllegalArgumentException if the layer says something of the sequence, which is the {@link Rnn}'s to say
     */
    public static LstmCell of(Lstm layer) {
        return new LstmCell(of(OPTIONS, layer));
    }

    @Override
    protected LstmCell of(Configuration configuration) {
        return new LstmCell(configuration);
    }

    @Override
    public List<Integer> stateSizes() {
        int projection = get(Lstm.PROJECTION);
        return List.of(projection == 0 ? units() : projection, units());
    }

    /**
     * Whether the forget gate's bias begins at 1.
     *
     * @param value default true
     * @return this cell doing so
     */
    public LstmCell unitForgetBias(boolean value) {
        return with(Lstm.UNIT_FORGET_BIAS, value);
    }

    /**
     * Whether the forget gate's bias begins at 1.
     *
     * @return default true
     */
    public boolean unitForgetBias() {
        return get(Lstm.UNIT_FORGET_BIAS);
    }
}
