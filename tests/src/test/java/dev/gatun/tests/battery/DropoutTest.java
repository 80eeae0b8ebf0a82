package dev.gatun.tests.battery;

import dev.gatun.layers.Dropout;
import java.util.List;

/** Dropout as a model serves it, where it passes everything; what falls in training is in {@code laws.DropoutLawsTest}. */
final class DropoutTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(0).takes(7).gives(7), instance(0.5).takes(7).gives(7),
                instance(0.25).takes(4, 18).gives(4, 18));
    }

    private static Instance instance(double rate) {
        return Instance.of(Dropout.rate(rate), (graph, in) -> List.of(graph.dropout(NAME, in.getFirst())));
    }
}
