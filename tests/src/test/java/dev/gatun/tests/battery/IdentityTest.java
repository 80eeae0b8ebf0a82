package dev.gatun.tests.battery;

import dev.gatun.layers.Identity;
import dev.gatun.tests.reference.RefActivation;
import java.util.List;

/** What is read, handed on. */
final class IdentityTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance().takes(5, 3).gives(5, 3), instance().takes(17).gives(17));
    }

    private static Instance instance() {
        return Instance.of(Identity.of(),
                (graph, in) -> List.of(graph.activation(NAME, RefActivation.LINEAR, in.getFirst())));
    }
}
