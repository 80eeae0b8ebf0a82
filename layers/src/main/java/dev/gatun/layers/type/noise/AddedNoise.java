package dev.gatun.layers.type.noise;

import dev.gatun.engine.random.Normals;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;

/** Normal noise that is added. */
final class AddedNoise extends NoiseOperation {

    private final double deviation;

    AddedNoise(GaussianNoise layer, PlanContext context) {
        super(context, layer.stddev());
        this.deviation = layer.stddev();
    }

    @Override
    float noisy(float number, RunContext run, long position) {
        return (float) (number + deviation * Normals.at(run.seed(), stream(run), position));
    }

    @Override
    float back(float gradient, RunContext run, long position) {
        return gradient;
    }
}
