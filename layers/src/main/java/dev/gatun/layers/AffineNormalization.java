package dev.gatun.layers;

/**
 * A layer that normalizes numbers, and then, unless it is said otherwise, multiplies them by a learned gamma and adds a learned
 * beta: how these begin, and what a training holds them to.
 *
 * @param <L> the class itself
 */
public abstract class AffineNormalization<L extends AffineNormalization<L>> extends ConfiguredLayer<L> {

    static final Option<Double> EPSILON = Option.of("epsilon", OptionKind.NUMBER, 1e-3).check(new NotNegative());
    static final Option<Boolean> CENTER = Option.of("center", OptionKind.FLAG, true);
    static final Option<Boolean> SCALE = Option.of("scale", OptionKind.FLAG, true);
    static final Option<Initializer> BETA = Option.of("beta_initializer", OptionKind.INITIALIZER, Initializer.ZEROS);
    static final Option<Initializer> GAMMA = Option.of("gamma_initializer", OptionKind.INITIALIZER, Initializer.ONES);
    static final Option<Regularizer> BETA_PENALTY = Option.of("beta_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    static final Option<Regularizer> GAMMA_PENALTY = Option.of("gamma_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    static final Option<Constraint> BETA_BOUND = Option.of("beta_constraint", OptionKind.CONSTRAINT, Constraint.NONE);
    static final Option<Constraint> GAMMA_BOUND = Option.of("gamma_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    AffineNormalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * What is added to a variance, so that nothing is divided by zero.
     *
     * @param value at least 0; default 0.001
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public final L epsilon(double value) {
        return with(EPSILON, value);
    }

    /**
     * Whether a beta is added.
     *
     * @param value default true
     * @return this layer with or without it
     */
    public final L center(boolean value) {
        return with(CENTER, value);
    }

    /**
     * Whether there is a gamma to multiply by.
     *
     * @param value default true
     * @return this layer with or without it
     */
    public final L scale(boolean value) {
        return with(SCALE, value);
    }

    /**
     * How beta begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public final L betaInitializer(Initializer initializer) {
        return with(BETA, initializer);
    }

    /**
     * How gamma begins.
     *
     * @param initializer default ones
     * @return this layer with it
     */
    public final L gammaInitializer(Initializer initializer) {
        return with(GAMMA, initializer);
    }

    /**
     * A penalty on beta, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L betaRegularizer(Regularizer regularizer) {
        return with(BETA_PENALTY, regularizer);
    }

    /**
     * A penalty on gamma, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public final L gammaRegularizer(Regularizer regularizer) {
        return with(GAMMA_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds beta to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L betaConstraint(Constraint constraint) {
        return with(BETA_BOUND, constraint);
    }

    /**
     * What every step of a training holds gamma to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public final L gammaConstraint(Constraint constraint) {
        return with(GAMMA_BOUND, constraint);
    }

    /**
     * What is added to a variance.
     *
     * @return default 0.001
     */
    public final double epsilon() {
        return get(EPSILON);
    }

    /**
     * Whether a beta is added.
     *
     * @return default true
     */
    public final boolean center() {
        return get(CENTER);
    }

    /**
     * Whether there is a gamma to multiply by.
     *
     * @return default true
     */
    public final boolean scale() {
        return get(SCALE);
    }

    /**
     * How beta begins.
     *
     * @return default zeros
     */
    public final Initializer betaInitializer() {
        return get(BETA);
    }

    /**
     * How gamma begins.
     *
     * @return default ones
     */
    public final Initializer gammaInitializer() {
        return get(GAMMA);
    }

    /**
     * The penalty on beta.
     *
     * @return default none
     */
    public final Regularizer betaRegularizer() {
        return get(BETA_PENALTY);
    }

    /**
     * The penalty on gamma.
     *
     * @return default none
     */
    public final Regularizer gammaRegularizer() {
        return get(GAMMA_PENALTY);
    }

    /**
     * What every step of a training holds beta to.
     *
     * @return default none
     */
    public final Constraint betaConstraint() {
        return get(BETA_BOUND);
    }

    /**
     * What every step of a training holds gamma to.
     *
     * @return default none
     */
    public final Constraint gammaConstraint() {
        return get(GAMMA_BOUND);
    }
}
