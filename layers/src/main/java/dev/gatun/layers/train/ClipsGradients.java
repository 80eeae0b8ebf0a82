package dev.gatun.layers.train;

/**
 * The clipping an optimizer can be given, at most one kind.
 *
 * @param <O> the optimizer
 */
public interface ClipsGradients<O extends Optimizer> {

    /** {@return what is done to gradients before a step; {@link Clipping#NONE} unless something was set} */
    Clipping clipping();

    /**
     * {@return the same optimizer with another clipping}
     * @param clipping in the place of any that was set; {@link Clipping#NONE} for none
     */
    O clipping(Clipping clipping);

    /**
     * {@return the same optimizer, with every number of a gradient cut to [-limit, limit]: Keras's clipvalue}
     * @param limit positive and finite
     * @throws IllegalArgumentException if limit is not, or another kind of clipping is set already
     */
    default O clipValue(double limit) {
        return clipping(clipping().and(Clipping.Kind.VALUE, limit));
    }

    /**
     * {@return the same optimizer, with each weight's gradient scaled down to an L2 norm of at most limit: Keras's
     * clipnorm}
     * @param limit positive and finite
     * @throws IllegalArgumentException if limit is not, or another kind of clipping is set already
     */
    default O clipNorm(double limit) {
        return clipping(clipping().and(Clipping.Kind.NORM, limit));
    }

    /**
     * {@return the same optimizer, with all gradients scaled down together to an L2 norm of at most limit: Keras's
     * global_clipnorm}
     * @param limit positive and finite
     * @throws IllegalArgumentException if limit is not, or another kind of clipping is set already
     */
    default O globalClipNorm(double limit) {
        return clipping(clipping().and(Clipping.Kind.GLOBAL_NORM, limit));
    }
}
