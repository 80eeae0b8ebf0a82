package dev.gatun.layers;

/**
 * What poolings have in common that make so many steps of a sequence, whatever its length: step t is made of the steps from
 * {@code floor(t T / n)} on, and before {@code ceil((t + 1) T / n)}.
 *
 * @param <L> the class itself
 */
public abstract class AdaptivePoolingLayer<L extends AdaptivePoolingLayer<L>> extends ConfiguredLayer<L> {

    static final Option<Integer> OUTPUT_SIZE = Option.required("output_size", StepOptions.ONE)
            .check(new StepOptions.Positive());

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    AdaptivePoolingLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * How many steps come out.
     *
     * @return at least 1
     */
    public final int outputSize() {
        return get(OUTPUT_SIZE);
    }
}
