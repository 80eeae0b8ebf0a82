package dev.gatun.layers;

/** x, or {@code alpha (e^x - 1)} below zero (Clevert, Unterthiner and Hochreiter 2015); values keep their shape. */
public final class Elu extends FunctionLayer<Elu> {

    private static final Option<Double> ALPHA = Option.of("alpha", OptionKind.NUMBER, 1.0).check(new Alpha());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("ELU", ALPHA);

    /** The condition on alpha: of a function whose value tells its slope. */
    private static final class Alpha implements OptionCheck<Double> {
        @Override
        public String problem(String option, Double alpha) {
            return alpha > 0 && alpha <= Float.MAX_VALUE
                    ? null
                    : "expected a finite " + option + " above 0, got " + alpha + "; 1 is usual";
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Elu(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with a limit.
     *
     * @param alpha what negative numbers come near to, without its sign; above 0, Keras's default is 1
     * @return the layer
     * @throws IllegalArgumentException if it is not above 0 or not finite
     */
    public static Elu alpha(double alpha) {
        return new Elu(Configuration.of(OPTIONS).with(ALPHA, alpha));
    }

    @Override
    protected Elu of(Configuration configuration) {
        return new Elu(configuration);
    }

    @Override
    public ActivationFunction function() {
        return ActivationFunction.elu(alpha());
    }

    /**
     * What negative numbers come near to, without its sign.
     *
     * @return default 1
     */
    public double alpha() {
        return get(ALPHA);
    }
}
