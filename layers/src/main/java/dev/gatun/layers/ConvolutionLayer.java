package dev.gatun.layers;

/**
 * What convolutions over time have in common: filters, each of which looks at some steps at once.
 *
 * @param <L> the class itself
 */
public abstract class ConvolutionLayer<L extends ConvolutionLayer<L>> extends KernelLayer<L> {

    static final Option<Integer> FILTERS = Option.required("filters", OptionKind.WHOLE)
            .check(new StepOptions.Positive());
    static final Option<Integer> KERNEL_SIZE = Option.required("kernel_size", StepOptions.ONE)
            .check(new StepOptions.Positive());
    static final Option<Integer> STRIDES = Option.of("strides", StepOptions.ONE, 1).check(new StepOptions.Positive());
    static final Option<Integer> DILATION = Option.of("dilation_rate", StepOptions.ONE, 1)
            .check(new StepOptions.Positive());
    static final Option<ActivationFunction> ACTIVATION = Option.of("activation", OptionKind.ACTIVATION,
            ActivationFunction.LINEAR);

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    ConvolutionLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * How the layer pads.
     *
     * @param padding default valid
     * @return this layer with it
     * @throws IllegalArgumentException if the class does not have this one
     */
    public abstract L padding(Padding padding);

    /**
     * How the layer pads.
     *
     * @return default valid
     */
    public abstract Padding padding();

    /**
     * How the layer pads.
     *
     * @param keyword Keras's word: valid, same, causal
     * @return this layer with it
     * @throws IllegalArgumentException if the class does not have this one
     */
    public final L padding(String keyword) {
        return padding(Padding.of(keyword));
    }

    /**
     * How many steps it moves from one output to the next; of a transposed convolution how many outputs from one step to the next.
     *
     * @param steps default 1
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public final L strides(int steps) {
        return with(STRIDES, steps);
    }

    /**
     * How many steps lie from one tap of the kernel to the next.
     *
     * @param steps default 1: the taps are neighbours
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public final L dilationRate(int steps) {
        return with(DILATION, steps);
    }

    /**
     * Another activation.
     *
     * @param function default linear
     * @return this layer with it
     */
    public final L activation(ActivationFunction function) {
        return with(ACTIVATION, function);
    }

    /**
     * Another activation.
     *
     * @param keyword Keras's name: relu, tanh, ...
     * @return this layer with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public final L activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * How many features come out.
     *
     * @return at least 1
     */
    public final int filters() {
        return get(FILTERS);
    }

    /**
     * K, how many steps a filter looks at.
     *
     * @return at least 1
     */
    public final int kernelSize() {
        return get(KERNEL_SIZE);
    }

    /**
     * How many steps it moves.
     *
     * @return default 1
     */
    public final int strides() {
        return get(STRIDES);
    }

    /**
     * How many steps lie from one tap of the kernel to the next.
     *
     * @return default 1
     */
    public final int dilationRate() {
        return get(DILATION);
    }

    /**
     * The activation.
     *
     * @return default linear
     */
    public final ActivationFunction activation() {
        return get(ACTIVATION);
    }
}
