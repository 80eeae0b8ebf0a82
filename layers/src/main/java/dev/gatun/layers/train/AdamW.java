package dev.gatun.layers.train;

import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019) as in Keras: {@code w -= rate decay w}, then {@link Adam}. */
public final class AdamW extends AdaptiveMoments<AdamW> {

    private static final Option<Double> WEIGHT_DECAY = Option.of("weight_decay", OptionKind.NUMBER, 0.004)
            .check(NumberRange.NOT_NEGATIVE);

    static final ConfiguredOptimizerType<AdamW> TYPE = type("AdamW", AdamW::new, WEIGHT_DECAY);

    AdamW(OptimizerConfiguration configuration) {
        super(TYPE, configuration);
    }

    /**
     * AdamW with Keras's other defaults: weight decay 0.004, betas 0.9 and 0.999, epsilon 1e-7.
     *
     * @param learningRate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public static AdamW rate(double learningRate) {
        return TYPE.rate(learningRate);
    }

    @Override
    float decay() {
        return (float) ((float) learningRate() * get(WEIGHT_DECAY));
    }

    /**
     * {@return the same optimizer with another weight decay}
     * @param value not negative, finite, default 0.004
     * @throws IllegalArgumentException if it lies outside
     */
    public AdamW weightDecay(double value) {
        return with(WEIGHT_DECAY, value);
    }
}
