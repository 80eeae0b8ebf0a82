package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * Divides the numbers along some axes, for most the features of a step, by their length, so that the root of the sum of their
 * squares is 1; where all are zero they stay so. Values [B,F] and [B,T,F] keep their shape.
 */
public final class UnitNormalization extends ConfiguredLayer<UnitNormalization> {

    private static final Option<List<Integer>> AXIS = Option.of("axis", OptionKind.AXES, List.of(-1))
            .check(AxisCheck.some());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("UnitNormalization", AXIS);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public UnitNormalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return one that normalizes the features of each row
     */
    public static UnitNormalization of() {
        return new UnitNormalization(Configuration.of(OPTIONS));
    }

    @Override
    protected UnitNormalization of(Configuration configuration) {
        return new UnitNormalization(configuration);
    }

    /**
     * The axes along which numbers are normalized together.
     *
     * @param axes -1 for the features, the default; 1 for the steps of a sequence; several for both
     * @return this layer with them
     * @throws IllegalArgumentException if there is none, one is there twice, or one is 0, that of the samples
     */
    public UnitNormalization axis(int... axes) {
        Arguments.required(axes, "UnitNormalization.axis", "axes", "-1 for the features");
        return with(AXIS, Arrays.stream(axes).boxed().toList());
    }

    /**
     * The axes along which numbers are normalized together.
     *
     * @return default -1
     */
    public List<Integer> axes() {
        return get(AXIS);
    }
}
