package dev.gatun.layers;

/**
 * What poolings over all steps have in common.
 *
 * @param <L> the class itself
 */
public abstract class GlobalPoolingLayer<L extends GlobalPoolingLayer<L>> extends ConfiguredLayer<L> {

    static final Option<Boolean> KEEP_DIMS = Option.of("keepdims", OptionKind.FLAG, false);

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    GlobalPoolingLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * Makes a sequence of one step, [B,1,F].
     *
     * @return this layer doing so
     */
    public final L keepDims() {
        return keepDims(true);
    }

    /**
     * Whether the layer makes a sequence of one step, [B,1,F].
     *
     * @param value default false: it makes [B,F]
     * @return this layer doing so
     */
    public final L keepDims(boolean value) {
        return with(KEEP_DIMS, value);
    }

    /**
     * Whether the layer makes a sequence of one step.
     *
     * @return default false
     */
    public final boolean keepsDims() {
        return get(KEEP_DIMS);
    }
}
