package dev.gatun.layers;

/**
 * Applies a layer or a model to every time step of [B,T,F] or [B,T,S,F], with the same weights for all. A layer that works row by
 * row sees T B rows, which lie one after the other; any other one sees each step as a sample of its own.
 */
public final class TimeDistributed extends ConfiguredLayer<TimeDistributed> {

    private static final Option<Layer> LAYER = Option.required("layer", OptionKind.LAYER)
            .check(new PenaltyOutside());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("TimeDistributed", LAYER);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public TimeDistributed(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer applied to each step.
     *
     * @param layer any layer but an input: Dense, Lstm, a Nested model, ...
     * @return the layer
     */
    public static TimeDistributed of(Layer layer) {
        return new TimeDistributed(Configuration.of(OPTIONS).with(LAYER, layer));
    }

    @Override
    protected TimeDistributed of(Configuration configuration) {
        return new TimeDistributed(configuration);
    }

    /** As in Keras, both have to be. */
    @Override
    public boolean isTrainable() {
        return super.isTrainable() && layer().isTrainable();
    }

    /**
     * What is applied.
     *
     * @return the layer
     */
    public Layer layer() {
        return get(LAYER);
    }
}
