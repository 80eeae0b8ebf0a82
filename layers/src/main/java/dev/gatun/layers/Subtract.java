package dev.gatun.layers;

/**
 * Subtracts the second of two values from the first, number by number. Sizes of an axis are equal or 1, and a value of fewer axes
 * stands for every index of those it lacks: [B,F] for each step of [B,T,F]. A step counts if it does in one of
 * the values, if all of them have a mask; otherwise every step does, as in Keras.
 *
 * <pre>{@code
 * Node change = Subtract.of().on(after, before);
 * }</pre>
 */
public final class Subtract extends MergeLayer<Subtract> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Subtract");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Subtract(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that subtracts.
     *
     * @return the layer
     */
    public static Subtract of() {
        return new Subtract(Configuration.of(OPTIONS));
    }

    @Override
    protected Subtract of(Configuration configuration) {
        return new Subtract(configuration);
    }
}
