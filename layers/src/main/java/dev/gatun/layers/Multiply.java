package dev.gatun.layers;

/**
 * Multiplies values number by number, from the first to the last. Sizes of an axis are equal or 1, and a value of fewer axes
 * stands for every index of those it lacks: [B,F] for each step of [B,T,F]. A step counts if it does in one of
 * the values, if all of them have a mask; one that does not count in a value is not multiplied with, and where it counts in none
 * the product is 0, as in Keras.
 *
 * <pre>{@code
 * Node gated = Multiply.of().on(x, Dense.units(8).activation("sigmoid").on(x));
 * }</pre>
 */
public final class Multiply extends MergeLayer<Multiply> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Multiply");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Multiply(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that multiplies.
     *
     * @return the layer
     */
    public static Multiply of() {
        return new Multiply(Configuration.of(OPTIONS));
    }

    @Override
    protected Multiply of(Configuration configuration) {
        return new Multiply(configuration);
    }
}
