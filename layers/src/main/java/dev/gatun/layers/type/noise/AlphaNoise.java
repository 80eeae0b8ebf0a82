package dev.gatun.layers.type.noise;

import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;

/** Numbers that fall to SELU's lower limit; all are then stretched and moved. Source: keras alpha_dropout.py. */
final class AlphaNoise extends NoiseOperation {

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double LOWEST = -SELU_ALPHA * SELU_SCALE;

    private final float rate;
    private final double stretch;
    private final double shift;

    AlphaNoise(AlphaDropout layer, PlanContext context) {
        super(context, layer.rate());
        this.rate = (float) layer.rate();
        this.stretch = 1 / Math.sqrt((1 - layer.rate()) * (1 + layer.rate() * LOWEST * LOWEST));
        this.shift = -stretch * LOWEST * layer.rate();
    }

    @Override
    float noisy(float number, RunContext run, long position) {
        boolean falls = uniform(run, position) < rate;
        return (float) (stretch * (falls ? LOWEST : number) + shift);
    }

    @Override
    float back(float gradient, RunContext run, long position) {
        return uniform(run, position) < rate ? 0 : (float) (stretch * gradient);
    }
}
