package dev.gatun.layers;

import java.util.List;

/**
 * Group normalization (Wu and He 2018), with Keras's arguments and defaults: the features are taken in groups, and those of one
 * group are normalized together over all steps of a sample; then each feature is multiplied by its gamma, and its beta is added.
 * Values [B,F] and [B,T,F] keep their shape. Weights: gamma [F], beta [F].
 */
public final class GroupNormalization extends AffineNormalization<GroupNormalization> {

    /** As many groups as there are features. */
    public static final int INSTANCE = -1;

    private static final Option<Integer> GROUPS = Option.of("groups", OptionKind.WHOLE, 32).check(new GroupCount());
    private static final Option<List<Integer>> AXIS = Option.of("axis", OptionKind.AXES, List.of(-1))
            .check(AxisCheck.one());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("GroupNormalization", GROUPS, AXIS, EPSILON, CENTER, SCALE,
            BETA, GAMMA, BETA_PENALTY, GAMMA_PENALTY, BETA_BOUND, GAMMA_BOUND);

    /** The condition on the number of groups. */
    private static final class GroupCount implements OptionCheck<Integer> {
        @Override
        public String problem(String option, Integer groups) {
            return groups >= 1 || groups == INSTANCE
                    ? null
                    : "expected a positive number of " + option + ", or -1 for one for each feature, got " + groups;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public GroupNormalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's other defaults.
     *
     * @param groups how many; the number of features is a multiple of it. {@link #INSTANCE} for one for each feature, which is
     *               instance normalization; Keras's default is 32
     * @return one that normalizes so many groups of features
     * @throws IllegalArgumentException if it is neither positive nor {@link #INSTANCE}
     */
    public static GroupNormalization groups(int groups) {
        return new GroupNormalization(Configuration.of(OPTIONS).with(GROUPS, groups));
    }

    @Override
    protected GroupNormalization of(Configuration configuration) {
        return new GroupNormalization(configuration);
    }

    /**
     * The axis that is taken in groups.
     *
     * @param axis -1 for the features, the default; 1 for the steps of a sequence
     * @return this layer with it
     * @throws IllegalArgumentException if it is 0, that of the samples
     */
    public GroupNormalization axis(int axis) {
        return with(AXIS, List.of(axis));
    }

    /**
     * How many groups there are.
     *
     * @return at least 1, or {@link #INSTANCE}
     */
    public int groups() {
        return get(GROUPS);
    }

    /**
     * The axis that is taken in groups.
     *
     * @return default -1
     */
    public int axis() {
        return get(AXIS).getFirst();
    }
}
