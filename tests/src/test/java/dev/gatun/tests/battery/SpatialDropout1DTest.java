package dev.gatun.tests.battery;

import dev.gatun.layers.SpatialDropout1D;
import java.util.List;

/** Dropout of features as a model serves it, where it passes everything; it takes sequences only. */
final class SpatialDropout1DTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(0).takes(4, 7).gives(4, 7), instance(0.4).takes(5, 18).gives(5, 18));
    }

    private static Instance instance(double rate) {
        return Instance.of(SpatialDropout1D.rate(rate), (graph, in) -> List.of(graph.dropout(NAME, in.getFirst())));
    }
}
