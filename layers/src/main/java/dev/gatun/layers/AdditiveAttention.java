package dev.gatun.layers;

/**
 * Additive attention (Bahdanau et al. 2015): a key fits a query by the sum of tanh of their sum, each feature with a weight of
 * its own. Keras's arguments and defaults.
 */
public final class AdditiveAttention extends AttentionLayer<AdditiveAttention> {

    private static final Option<Boolean> SCALE = Option.of("use_scale", OptionKind.FLAG, true);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("AdditiveAttention", SCALE, AttentionOptions.DROPOUT, AttentionOptions.CAUSAL, AttentionOptions.SCORES)
            .ignoring("seed", "the trainer's seed serves");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public AdditiveAttention(Configuration configuration) {
        super(configuration);
    }

    /**
     * Additive attention with a weight for each feature.
     *
     * @return the layer
     */
    public static AdditiveAttention of() {
        return new AdditiveAttention(Configuration.of(OPTIONS));
    }

    @Override
    protected AdditiveAttention of(Configuration configuration) {
        return new AdditiveAttention(configuration);
    }

    /**
     * Whether each feature has a weight of its own.
     *
     * @param value default true
     * @return this layer with or without them
     */
    public AdditiveAttention useScale(boolean value) {
        return with(SCALE, value);
    }

    /**
     * Whether each feature has a weight of its own.
     *
     * @return default true
     */
    public boolean usesScale() {
        return get(SCALE);
    }
}
