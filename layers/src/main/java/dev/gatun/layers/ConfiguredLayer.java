package dev.gatun.layers;

/**
 * A layer whose withers give its own class back. A class of layers says its options, and makes itself of a configuration; a
 * wither is one line.
 *
 * @param <L> the class itself
 */
public abstract class ConfiguredLayer<L extends ConfiguredLayer<L>> extends Layer {

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    protected ConfiguredLayer(Configuration configuration) {
        super(configuration);
    }

    @Override
    protected abstract L of(Configuration configuration);

    /**
     * This layer with another value of an option.
     *
     * @param <V>    type of the value
     * @param option of this class
     * @param value  not null
     * @return a layer that has it
     * @throws IllegalArgumentException naming layer, expected, got and the fix
     */
    protected final <V> L with(Option<V> option, V value) {
        return of(configuration().with(option, value));
    }

    /**
     * The same layer with a penalty on what it returns, which is added to the loss of a batch, divided by its samples. A layer
     * with several outputs has it for each.
     *
     * @param regularizer the penalty; {@link Regularizer#NONE} for none
     * @return a copy
     * @throws NullPointerException if it is null
     */
    public final L activityRegularizer(Regularizer regularizer) {
        return of(configuration().activityRegularizer(regularizer));
    }

    @Override
    public final L trainable(boolean trainable) {
        return of(configuration().trainable(trainable));
    }

    @Override
    public final L named(String name) {
        return of(configuration().named(name));
    }
}
