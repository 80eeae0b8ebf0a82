package dev.gatun.layers;

/**
 * One step of a {@link Gru}, for an {@link Rnn} or a stack of cells: one state, h [B,U]. Weights as those of the layer: kernel
 * [I,3U], recurrent kernel [U,3U], bias [2,3U], or [3U] if {@link #resetAfter(boolean) the reset gate} comes before the product.
 */
public final class GruCell extends GatedCell<GruCell> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("GRUCell", Gru.OPTIONS);

    /**
     * A cell of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public GruCell(Configuration configuration) {
        super(configuration);
    }

    /**
     * A cell with Keras's defaults.
     *
     * @param units U, at least 1
     * @return a cell of U units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static GruCell units(int units) {
        return new GruCell(Configuration.of(OPTIONS).with(RecurrentLayer.UNITS, units));
    }

    /**
     * The cell of a layer, with all of its options, those that have no method here too.
     *
     * @param layer for example {@code Gru.units(8).clip(3)}
     * @return one step of it
     * @throws IllegalArgumentException if the layer says something of the sequence, which is the {@link Rnn}'s to say
     */
    public static GruCell of(Gru layer) {
        return new GruCell(of(OPTIONS, layer));
    }

    @Override
    protected GruCell of(Configuration configuration) {
        return new GruCell(configuration);
    }

    /**
     * Whether the reset gate multiplies h's part of the candidate after the recurrent product, or h itself before it.
     *
     * @param value default true
     * @return this cell doing so
     */
    public GruCell resetAfter(boolean value) {
        return with(Gru.RESET_AFTER, value);
    }

    /**
     * Whether the reset gate comes after the recurrent product.
     *
     * @return default true
     */
    public boolean resetAfter() {
        return get(Gru.RESET_AFTER);
    }
}
