package dev.gatun.layers;

import java.util.Optional;

/**
 * What poolings over time have in common: a window of some steps that moves along the sequence and makes one step of them.
 *
 * @param <L> the class itself
 */
public abstract class PoolingLayer<L extends PoolingLayer<L>> extends ConfiguredLayer<L> {

    static final Option<Integer> POOL_SIZE = Option.of("pool_size", StepOptions.ONE, 2)
            .check(new StepOptions.Positive());
    static final Option<Optional<Integer>> STRIDES = Option
            .of("strides", StepOptions.OPTIONAL, Optional.<Integer>empty()).check(new StepOptions.PositiveIfGiven());
    static final Option<Padding> PADDING = Option.of("padding", Padding.KIND, Padding.VALID)
            .check(new Padding.NotCausal());

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    PoolingLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * How many steps the window moves.
     *
     * @param steps default as many as it looks at
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public final L strides(int steps) {
        return with(STRIDES, Optional.of(steps));
    }

    /**
     * How the layer pads: valid, or same; what it pads with counts in no result.
     *
     * @param padding default valid
     * @return this layer with it
     * @throws IllegalArgumentException if it is causal
     */
    public final L padding(Padding padding) {
        return with(PADDING, padding);
    }

    /**
     * How the layer pads.
     *
     * @param keyword Keras's word: valid, same
     * @return this layer with it
     * @throws IllegalArgumentException if it is another word
     */
    public final L padding(String keyword) {
        return padding(Padding.of(keyword));
    }

    /**
     * How many steps the window looks at.
     *
     * @return default 2
     */
    public final int poolSize() {
        return get(POOL_SIZE);
    }

    /**
     * How many steps the window moves.
     *
     * @return default as many as it looks at
     */
    public final int strides() {
        return get(STRIDES).orElse(poolSize());
    }

    /**
     * How the layer pads.
     *
     * @return default valid
     */
    public final Padding padding() {
        return get(PADDING);
    }
}
