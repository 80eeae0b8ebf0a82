package dev.gatun.layers.train;

import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;

/**
 * What optimizers share that divide by a root of squared gradients: epsilon, which keeps the divisor from 0.
 *
 * @param <O> the class itself
 */
public abstract sealed class AdaptiveOptimizer<O extends AdaptiveOptimizer<O>> extends ConfiguredOptimizer<O>
        permits Adagrad, AdaptiveMoments, RmsProp {

    static final Option<Double> EPSILON = Option.of("epsilon", OptionKind.NUMBER, 1e-7).check(NumberRange.POSITIVE);

    AdaptiveOptimizer(ConfiguredOptimizerType<O> type, OptimizerConfiguration configuration) {
        super(type, configuration);
    }

    /**
     * {@return the same optimizer with another epsilon}
     * @param value positive and finite, default 1e-7
     * @throws IllegalArgumentException if it is not
     */
    public final O epsilon(double value) {
        return with(EPSILON, value);
    }
}
