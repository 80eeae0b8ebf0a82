package dev.gatun.layers;

/**
 * A layer that is one activation function of each number, with its arguments as options; values keep their shape.
 *
 * @param <L> the class itself
 */
public abstract class FunctionLayer<L extends FunctionLayer<L>> extends ConfiguredLayer<L> {

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    FunctionLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * What is applied.
     *
     * @return the function, with the arguments that the options say
     */
    public abstract ActivationFunction function();
}
