package dev.gatun.tests.battery;

import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.Layer;
import java.util.List;

/** Layers that pass everything through where a model serves; what they do in training is in {@code laws.NoiseLawsTest}. */
final class NoiseTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(GaussianNoise.stddev(0.3)).takes(7).gives(7),
                instance(GaussianNoise.stddev(0)).takes(4, 18).gives(4, 18),
                instance(GaussianDropout.rate(0.4)).takes(7).gives(7),
                instance(GaussianDropout.rate(0)).takes(4, 18).gives(4, 18),
                instance(AlphaDropout.rate(0.2)).takes(7).gives(7),
                instance(AlphaDropout.rate(0)).takes(4, 18).gives(4, 18),
                instance(ActivityRegularization.of(0.1, 0.2)).takes(7).gives(7),
                instance(ActivityRegularization.of(0, 0)).takes(4, 18).gives(4, 18));
    }

    private static Instance instance(Layer layer) {
        return Instance.of(layer, (graph, in) -> List.of(graph.dropout(NAME, in.getFirst())));
    }
}
