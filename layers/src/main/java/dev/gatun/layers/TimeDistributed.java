package dev.gatun.layers;

/**
 * Applies a layer to every time step of [B,T,F] with the same weights. Since rows of all steps lie one after the other, the
 * inner layer simply sees T B rows.
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
     * @param layer one that works row by row: Dense, Activation, Dropout, ...
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
