package dev.gatun.layers.train;

/**
 * The clipping an optimizer can be given, at most one kind.
 *
 * @param <O> the optimizer
 */
public interface ClipsGradients<O extends Optimizer> {

    /** What is done to gradients; {@link Clipping#NONE} unless something was set. */
    Clipping clipping();

    /** The same optimizer with another clipping. */
    O clipping(Clipping clipping);

    /** Every number of a gradient into [-limit, limit]: Keras's clipvalue. */
    default O clipValue(double limit) {
        return clipping(clipping().and(Clipping.Kind.VALUE, limit));
    }

    /** Each weight's gradient scaled down to an L2 norm of at most limit: Keras's clipnorm. */
    default O clipNorm(double limit) {
        return clipping(clipping().and(Clipping.Kind.NORM, limit));
    }

    /** All gradients scaled down together to an L2 norm of at most limit: Keras's global_clipnorm. */
    default O globalClipNorm(double limit) {
        return clipping(clipping().and(Clipping.Kind.GLOBAL_NORM, limit));
    }
}
