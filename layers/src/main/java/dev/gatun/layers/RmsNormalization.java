package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * Normalization by the root of the mean square (Zhang and Sennrich 2019): numbers along some axes, for most the features of a step,
 * are divided by it and multiplied by a learned scale. Values [B,F] and [B,T,F] keep their shape; as in Keras a mask ends here.
 * Weight: scale, one number for each along the axes.
 */
public final class RmsNormalization extends ConfiguredLayer<RmsNormalization> {

    private static final Option<List<Integer>> AXIS = Option.of("axis", OptionKind.AXES, List.of(-1))
            .check(AxisCheck.some());
    private static final Option<Double> EPSILON = Option.of("epsilon", OptionKind.NUMBER, 1e-6)
            .check(new NotNegative());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("RMSNormalization", AXIS, EPSILON);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public RmsNormalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return one that normalizes the features of each row
     */
    public static RmsNormalization of() {
        return new RmsNormalization(Configuration.of(OPTIONS));
    }

    @Override
    protected RmsNormalization of(Configuration configuration) {
        return new RmsNormalization(configuration);
    }

    /**
     * The axes along which numbers are normalized together.
     *
     * @param axes -1 for the features, the default; 1 for the steps of a sequence; several for both
     * @return this layer with them
     * @throws IllegalArgumentException if there is none, one is there twice, or one is 0, that of the samples
     */
    public RmsNormalization axis(int... axes) {
        Arguments.required(axes, "RmsNormalization.axis", "axes", "-1 for the features");
        return with(AXIS, Arrays.stream(axes).boxed().toList());
    }

    /**
     * What is added to a mean square, so that nothing is divided by zero.
     *
     * @param value at least 0; default 1e-6
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public RmsNormalization epsilon(double value) {
        return with(EPSILON, value);
    }

    /**
     * The axes along which numbers are normalized together.
     *
     * @return default -1
     */
    public List<Integer> axes() {
        return get(AXIS);
    }

    /**
     * What is added to a mean square.
     *
     * @return default 1e-6
     */
    public double epsilon() {
        return get(EPSILON);
    }
}
