package dev.gatun.layers;

/**
 * Gated recurrent unit (Cho et al. 2014), with Keras's arguments and defaults. Takes a sequence [B,T,I] and returns the last h
 * [B,U], or with {@link #returnSequences()} every h [B,T,U], and with {@link #returnState()} also h after the last step; of no
 * steps, what it began with. Weights, gates in the order update, reset, candidate: kernel [I,3U], recurrent kernel [U,3U], bias
 * [2,3U], the input's and the recurrent one, or [3U] if {@link #resetAfter(boolean) the reset gate} comes before the product.
 */
public final class Gru extends GatedLayer<Gru> {

    static final Option<Boolean> RESET_AFTER = Option.of("reset_after", OptionKind.FLAG, true);

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("GRU", UNITS, SEQUENCES, STATE, BACKWARDS, ACTIVATION,
            RECURRENT_ACTIVATION, DROPOUT, RECURRENT_DROPOUT, USE_BIAS, RESET_AFTER, KERNEL, RECURRENT, BIAS);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Gru(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param units U, at least 1
     * @return a layer of U units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static Gru units(int units) {
        return new Gru(Configuration.of(OPTIONS).with(UNITS, units));
    }

    @Override
    protected Gru of(Configuration configuration) {
        return new Gru(configuration);
    }

    /**
     * Whether the reset gate multiplies h's part of the candidate after the recurrent product, as Keras 3, cuDNN and PyTorch do, or
     * h itself before it, as in the paper.
     *
     * @param value default true
     * @return this layer doing so
     */
    public Gru resetAfter(boolean value) {
        return with(RESET_AFTER, value);
    }

    /**
     * Whether the reset gate comes after the recurrent product.
     *
     * @return default true
     */
    public boolean resetAfter() {
        return get(RESET_AFTER);
    }
}
