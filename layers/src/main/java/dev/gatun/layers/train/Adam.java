package dev.gatun.layers.train;

/**
 * Adam (Kingma and Ba 2015) as in Keras: {@code m += (g - m)(1 - beta1); v += (g^2 - v)(1 - beta2);
 * w -= rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)}. PyTorch adds epsilon to the corrected root instead,
 * {@code sqrt(v / (1 - beta2^t)) + epsilon}: {@link #correctedEpsilon}.
 */
public final class Adam extends AdaptiveMoments<Adam> {

    static final ConfiguredOptimizerType<Adam> TYPE = type("Adam", Adam::new);

    Adam(OptimizerConfiguration configuration) {
        super(TYPE, configuration);
    }

    /**
     * Adam with Keras's other defaults: betas 0.9 and 0.999, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static Adam rate(double learningRate) {
        return TYPE.rate(learningRate);
    }
}
