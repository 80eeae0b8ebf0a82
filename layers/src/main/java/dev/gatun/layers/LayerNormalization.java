package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * Layer normalization (Ba, Kiros and Hinton 2016), with Keras's arguments and defaults: of the numbers along some axes, for most
 * the features of a step, the mean is subtracted, what is left is divided by the deviation, multiplied by gamma, and beta is
 * added. Values [B,F] and [B,T,F] keep their shape. Weights: gamma and beta, one number for each along the axes: [F], or [T,F] for
 * the axes 1 and 2.
 */
public final class LayerNormalization extends AffineNormalization<LayerNormalization> {

    private static final Option<List<Integer>> AXIS = Option.of("axis", OptionKind.AXES, List.of(-1))
            .check(AxisCheck.some());
    private static final Option<Boolean> RMS_SCALING = Option.of("rms_scaling", OptionKind.FLAG, false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("LayerNormalization", AXIS, EPSILON, CENTER, SCALE,
            RMS_SCALING, BETA, GAMMA, BETA_PENALTY, GAMMA_PENALTY, BETA_BOUND, GAMMA_BOUND);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public LayerNormalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return one that normalizes the features of each row
     */
    public static LayerNormalization of() {
        return new LayerNormalization(Configuration.of(OPTIONS));
    }

    @Override
    protected LayerNormalization of(Configuration configuration) {
        return new LayerNormalization(configuration);
    }

    /**
     * The axes along which numbers are normalized together.
     *
     * @param axes -1 for the features, the default; 1 for the steps of a sequence; several for both
     * @return this layer with them
     * @throws IllegalArgumentException if there is none, one is there twice, or one is 0, that of the samples
     */
    public LayerNormalization axis(int... axes) {
        Arguments.required(axes, "LayerNormalization.axis", "axes", "-1 for the features");
        return with(AXIS, Arrays.stream(axes).boxed().toList());
    }

    /**
     * Divides by the deviation without subtracting the mean, and adds no beta, whatever {@link #center(boolean)} says; there is a
     * gamma, whatever {@link #scale(boolean)} says. So does Keras, where the option is deprecated: what is usually called RMS
     * normalization is {@link RmsNormalization}.
     *
     * @param value default false
     * @return this layer doing so
     */
    public LayerNormalization rmsScaling(boolean value) {
        return with(RMS_SCALING, value);
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
     * Whether the mean is left where it is.
     *
     * @return default false
     */
    public boolean rmsScaling() {
        return get(RMS_SCALING);
    }
}
