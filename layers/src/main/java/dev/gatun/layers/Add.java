package dev.gatun.layers;

/**
 * Adds values number by number, from the first to the last. Sizes of an axis are equal or 1, and a value of fewer axes
 * stands for every index of those it lacks: [B,F] for each step of [B,T,F]. A step counts if it does in one of
 * the values, if all of them have a mask; otherwise every step does, as in Keras.
 *
 * <pre>{@code
 * Node y = Add.of().on(Lstm.units(8).returnSequences().on(x), x);
 * }</pre>
 */
public final class Add extends MergeLayer<Add> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Add");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Add(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that adds.
     *
     * @return the layer
     */
    public static Add of() {
        return new Add(Configuration.of(OPTIONS));
    }

    @Override
    protected Add of(Configuration configuration) {
        return new Add(configuration);
    }
}
