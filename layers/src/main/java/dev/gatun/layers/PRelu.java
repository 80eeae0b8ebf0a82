package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * x, or below zero a learned part of it (He et al. 2015): each number of a sample has an alpha of its own, unless an axis shares
 * them. Values [B,F] and [B,T,F] keep their shape. Weight: alpha [F] or [T,F], with 1 for each shared axis.
 */
public final class PRelu extends ConfiguredLayer<PRelu> {

    private static final Option<Initializer> INITIALIZER = Option.of("alpha_initializer", OptionKind.INITIALIZER,
            Initializer.ZEROS);
    private static final Option<Regularizer> PENALTY = Option.of("alpha_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    private static final Option<Constraint> BOUND = Option.of("alpha_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);
    private static final Option<List<Integer>> SHARED = Option.of("shared_axes", OptionKind.WHOLES, List.<Integer>of())
            .check(new SharedAxes());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("PReLU", INITIALIZER, PENALTY, BOUND, SHARED);

    /** The condition on the axes, if there are any. */
    private static final class SharedAxes implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> axes) {
            for (int axis : axes) {
                if (axis < 1) {
                    return "expected " + option + " of at least 1, got " + axes
                            + "; axes count from 1, without the batch";
                }
            }
            return axes.isEmpty() ? null : AxisCheck.some().problem(option, axes);
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public PRelu(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return one with an alpha for each number of a sample
     */
    public static PRelu of() {
        return new PRelu(Configuration.of(OPTIONS));
    }

    @Override
    protected PRelu of(Configuration configuration) {
        return new PRelu(configuration);
    }

    /**
     * The axes along which numbers have the same alpha.
     *
     * @param axes counted from 1, without the batch: 1 for the steps of a sequence; none for none
     * @return this layer with them
     * @throws IllegalArgumentException if one is there twice, or below 1
     */
    public PRelu sharedAxes(int... axes) {
        Arguments.required(axes, "PRelu.sharedAxes", "axes", "axes counted from 1, none is fine");
        return with(SHARED, Arrays.stream(axes).boxed().toList());
    }

    /**
     * How alpha begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public PRelu alphaInitializer(Initializer initializer) {
        return with(INITIALIZER, initializer);
    }

    /**
     * A penalty on alpha, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public PRelu alphaRegularizer(Regularizer regularizer) {
        return with(PENALTY, regularizer);
    }

    /**
     * What every step of a training holds alpha to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public PRelu alphaConstraint(Constraint constraint) {
        return with(BOUND, constraint);
    }

    /**
     * The axes along which numbers have the same alpha.
     *
     * @return default none
     */
    public List<Integer> sharedAxes() {
        return get(SHARED);
    }

    /**
     * How alpha begins.
     *
     * @return default zeros
     */
    public Initializer alphaInitializer() {
        return get(INITIALIZER);
    }

    /**
     * The penalty on alpha.
     *
     * @return default none
     */
    public Regularizer alphaRegularizer() {
        return get(PENALTY);
    }

    /**
     * What every step of a training holds alpha to.
     *
     * @return default none
     */
    public Constraint alphaConstraint() {
        return get(BOUND);
    }
}
