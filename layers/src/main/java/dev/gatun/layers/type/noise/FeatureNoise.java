package dev.gatun.layers.type.noise;

import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;

/** Features that fall in all steps of a sample: all of them have the random number of the first step. */
final class FeatureNoise extends NoiseOperation {

    private final float rate;

    FeatureNoise(SpatialDropout1D layer, PlanContext context) {
        super(context, layer.rate());
        this.rate = (float) layer.rate();
    }

    @Override
    long positions(int row) {
        return (long) (row % output.batch()) * output.columns();
    }

    @Override
    float noisy(float number, RunContext run, long position) {
        return uniform(run, position) < rate ? 0 : number * (1f / (1f - rate));
    }

    @Override
    float back(float gradient, RunContext run, long position) {
        return noisy(gradient, run, position);
    }
}
