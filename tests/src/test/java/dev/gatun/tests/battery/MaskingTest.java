package dev.gatun.tests.battery;

import dev.gatun.layers.Masking;
import java.util.List;

/** Masking where nothing equals its value; what it leaves out is in {@code masks}. */
final class MaskingTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(0).takes(5, 3).gives(5, 3), instance(-1.25).takes(4, 18).gives(4, 18),
                instance(1e30).takes(3, 1).gives(3, 1));
    }

    private static Instance instance(double value) {
        return Instance.of(Masking.value(value), (graph, in) -> List.of(graph.masking(NAME, value, in.getFirst())));
    }
}
