package dev.gatun.layers;

/**
 * The mean of values, number by number: their sum from the first to the last, divided by how many they are. Sizes of an axis are equal or 1, and a value of fewer axes
 * stands for every index of those it lacks: [B,F] for each step of [B,T,F]. A step counts if it does in one of
 * the values, if all of them have a mask; otherwise every step does, as in Keras.
 *
 * <pre>{@code
 * Node y = Average.of().on(first, second, third);
 * }</pre>
 */
public final class Average extends MergeLayer<Average> {

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Average");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Average(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that takes the mean.
     *
     * @return the layer
     */
    public static Average of() {
        return new Average(Configuration.of(OPTIONS));
    }

    @Override
    protected Average of(Configuration configuration) {
        return new Average(configuration);
    }
}
