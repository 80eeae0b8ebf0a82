package dev.gatun.layers;

import java.util.List;

/**
 * Batch normalization (Ioffe and Szegedy 2015), with Keras's arguments and defaults: of each feature the mean is subtracted, what
 * is left is divided by the deviation, multiplied by gamma, and beta is added. Values [B,F] and [B,T,F] keep their shape.
 *
 * <p>A training takes mean and variance of the batch: over all its rows, which are all steps of all samples, but for steps that a
 * mask leaves out. A batch so moves the statistics that predictions use, once for each time its gradients are made: also a
 * micro-batch that is only accumulated, and each chunk of a truncated training. A batch whose loss is no number moves nothing, nor
 * does one of which no step counts. A layer that is not trained ({@link #trainable(boolean)}) takes the moving statistics in a
 * training too and leaves them as they are, as in Keras. In a {@link TimeDistributed} the statistics are those over all steps, as
 * in Keras 2; Keras 3 takes them of each step by itself.
 *
 * <p>Weights: gamma [F], beta [F], and the buffers moving_mean [F], moving_variance [F].
 */
public final class BatchNormalization extends AffineNormalization<BatchNormalization> {

    private static final Option<List<Integer>> AXIS = Option.of("axis", OptionKind.AXES, List.of(-1))
            .check(AxisCheck.one());
    private static final Option<Double> MOMENTUM = Option.of("momentum", OptionKind.NUMBER, 0.99)
            .check(new Portion());
    private static final Option<Initializer> MEAN = Option.of("moving_mean_initializer", OptionKind.INITIALIZER,
            Initializer.ZEROS);
    private static final Option<Initializer> VARIANCE = Option.of("moving_variance_initializer",
            OptionKind.INITIALIZER, Initializer.ONES);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("BatchNormalization", AXIS, MOMENTUM, EPSILON, CENTER, SCALE, BETA, GAMMA, MEAN, VARIANCE,
                    BETA_PENALTY, GAMMA_PENALTY, BETA_BOUND, GAMMA_BOUND)
            .only("renorm", false)
            .ignoring("renorm_clipping", "says how renorm is done")
            .ignoring("renorm_momentum", "says how renorm is done")
            .ignoring("synchronized", "a training runs on one machine");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public BatchNormalization(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @return one that normalizes each feature
     */
    public static BatchNormalization of() {
        return new BatchNormalization(Configuration.of(OPTIONS));
    }

    @Override
    protected BatchNormalization of(Configuration configuration) {
        return new BatchNormalization(configuration);
    }

    /**
     * The axis whose numbers have statistics of their own.
     *
     * @param axis -1 for the features, the default; 1 for the steps of a sequence
     * @return this layer with it
     * @throws IllegalArgumentException if it is 0, that of the samples
     */
    public BatchNormalization axis(int axis) {
        return with(AXIS, List.of(axis));
    }

    /**
     * How much of the moving statistics a batch leaves: they become {@code momentum moving + (1 - momentum) batch}.
     *
     * @param value from 0 to 1; default 0.99
     * @return this layer with it
     * @throws IllegalArgumentException if it is not in that range
     */
    public BatchNormalization momentum(double value) {
        return with(MOMENTUM, value);
    }

    /**
     * How the moving mean begins.
     *
     * @param initializer default zeros
     * @return this layer with it
     */
    public BatchNormalization movingMeanInitializer(Initializer initializer) {
        return with(MEAN, initializer);
    }

    /**
     * How the moving variance begins.
     *
     * @param initializer default ones
     * @return this layer with it
     */
    public BatchNormalization movingVarianceInitializer(Initializer initializer) {
        return with(VARIANCE, initializer);
    }

    /**
     * The axis whose numbers have statistics of their own.
     *
     * @return default -1
     */
    public int axis() {
        return get(AXIS).getFirst();
    }

    /**
     * How much of the moving statistics a batch leaves.
     *
     * @return default 0.99
     */
    public double momentum() {
        return get(MOMENTUM);
    }

    /**
     * How the moving mean begins.
     *
     * @return default zeros
     */
    public Initializer movingMeanInitializer() {
        return get(MEAN);
    }

    /**
     * How the moving variance begins.
     *
     * @return default ones
     */
    public Initializer movingVarianceInitializer() {
        return get(VARIANCE);
    }
}
