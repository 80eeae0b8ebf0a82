package dev.gatun.layers;

/**
 * The fully connected recurrent layer (Elman 1990), {@code h' = activation(x kernel + h recurrentKernel + bias)}, with Keras's
 * arguments and defaults. Takes a sequence [B,T,I] and returns the last h [B,U], or with {@link #returnSequences()} every h
 * [B,T,U], and with {@link #returnState()} also h after the last step; of no steps, what it began with. Weights: kernel [I,U],
 * recurrent kernel [U,U], bias [U].
 */
public final class SimpleRnn extends RecurrentLayer<SimpleRnn> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("SimpleRNN", UNITS, SEQUENCES, STATE, BACKWARDS, ACTIVATION,
            DROPOUT,
            RECURRENT_DROPOUT, USE_BIAS, KERNEL, RECURRENT, BIAS);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public SimpleRnn(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param units U, at least 1
     * @return a layer of U units
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static SimpleRnn units(int units) {
        return new SimpleRnn(Configuration.of(OPTIONS).with(UNITS, units));
    }

    @Override
    protected SimpleRnn of(Configuration configuration) {
        return new SimpleRnn(configuration);
    }
}
