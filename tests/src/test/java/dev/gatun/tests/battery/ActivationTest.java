package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Activation;
import dev.gatun.tests.reference.RefActivation;
import java.util.ArrayList;
import java.util.List;

/** Every activation as a layer, on rows and on sequences. */
final class ActivationTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (ActivationFunction function : ActivationFunction.all()) {
            all.add(instance(function).takes(7).gives(7));
            all.add(instance(function).takes(4, 18).gives(4, 18));
        }
        all.add(instance(ActivationFunction.GLU).takes(6).gives(3));
        all.add(instance(ActivationFunction.GLU).takes(4, 38).gives(4, 19));
        return all;
    }

    private static Instance instance(ActivationFunction function) {
        RefActivation reference = RefActivation.of(function);
        return Instance.of(Activation.of(function),
                (graph, in) -> List.of(graph.activation(NAME, reference, in.getFirst())));
    }
}
