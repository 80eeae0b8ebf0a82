package dev.gatun.layers.type.noise;

import dev.gatun.engine.random.Normals;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;

/** Normal noise about 1 that numbers are multiplied by. */
final class FactorNoise extends NoiseOperation {

    private final double deviation;

    FactorNoise(GaussianDropout layer, PlanContext context) {
        super(context, layer.rate());
        this.deviation = Math.sqrt(layer.rate() / (1 - layer.rate()));
    }

    @Override
    float noisy(float number, RunContext run, long position) {
        return (float) (number * (1 + deviation * Normals.at(run.seed(), stream(run), position)));
    }

    @Override
    float back(float gradient, RunContext run, long position) {
        return noisy(gradient, run, position);
    }
}
