package dev.gatun.layers;

/**
 * Leaves steps out of a sequence [B,T,F]: those whose features all equal a value do not count in the layers behind it, and are
 * zero in its output, as in Keras. A step that a mask of its input leaves out does not count either, whatever stands there.
 */
public final class Masking extends ConfiguredLayer<Masking> {

    private static final Option<Double> VALUE = Option.of("mask_value", OptionKind.NUMBER, 0.0).check(new Equalable());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Masking", VALUE);

    /** The condition on the value: a float that a number can equal. */
    private static final class Equalable implements OptionCheck<Double> {
        @Override
        public String problem(String option, Double value) {
            if (value.isNaN()) {
                return "expected a " + option
                        + " that features can equal, got NaN, which equals nothing; pad with a number";
            }
            return value.isInfinite() || Float.isFinite(value.floatValue())
                    ? null
                    : "expected a " + option + " of float32, got " + value + "; pad with a smaller number";
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Masking(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that leaves padding out.
     *
     * @param value what all features of a step equal that does not count; compared as float32
     * @return the layer
     * @throws IllegalArgumentException if the value is NaN, which equals nothing, or too large for float32
     */
    public static Masking value(double value) {
        return new Masking(Configuration.of(OPTIONS).with(VALUE, value));
    }

    @Override
    protected Masking of(Configuration configuration) {
        return new Masking(configuration);
    }

    /**
     * What all features of a step equal that does not count.
     *
     * @return default 0
     */
    public double value() {
        return get(VALUE);
    }
}
