package dev.gatun.layers;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), with Keras's arguments and defaults. Takes a
 * sequence [B,T,I] and returns the last h [B,U], or with {@link #returnSequences()} every h [B,T,U], and with
 * {@link #returnState()} also h and c after the last step; of no steps, what it began with. Weights, gates in the order input,
 * forget, candidate, output: kernel [I,4U], recurrent kernel [U,4U], bias [4U].
 */
public final class Lstm extends GatedLayer<Lstm> {

    static final Option<Boolean> UNIT_FORGET_BIAS = Option.of("unit_forget_bias", OptionKind.FLAG, true);

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("LSTM", UNITS, SEQUENCES, STATE, BACKWARDS, ACTIVATION,
            RECURRENT_ACTIVATION, DROPOUT, RECURRENT_DROPOUT, USE_BIAS, UNIT_FORGET_BIAS, KERNEL, RECURRENT, BIAS);

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
    int states() {
        return 2;
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
     * Whether the forget gate's bias begins at 1.
     *
     * @return default true
     */
    public boolean unitForgetBias() {
        return get(UNIT_FORGET_BIAS);
    }
}
