package dev.gatun.layers;

/**
 * The smallest of values, number by number; NaN if one of them is. Sizes of an axis are equal or 1, and a value of fewer axes
 * stands for every index of those it lacks: [B,F] for each step of [B,T,F]. A step counts if it does in one of
 * the values, if all of them have a mask; those in which it does not are left out, as in Keras.
 *
 * <pre>{@code
 * Node y = Minimum.of().on(first, second);
 * }</pre>
 */
public final class Minimum extends MergeLayer<Minimum> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Minimum");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Minimum(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that takes the smallest.
     *
     * @return the layer
     */
    public static Minimum of() {
        return new Minimum(Configuration.of(OPTIONS));
    }

    @Override
    protected Minimum of(Configuration configuration) {
        return new Minimum(configuration);
    }
}
