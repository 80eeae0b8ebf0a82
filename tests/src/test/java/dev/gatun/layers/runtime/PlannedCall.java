package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.Operation;

/** The operation that a plan has made of a call: a door that only tests have. */
public final class PlannedCall {

    private PlannedCall() {}

    /** That of the first call of a layer whose name has this end; of a plan with gradients. */
    public static Operation of(Network network, Execution execution, String layer) {
        Graph graph = network.flatGraph();
        int call = 0;
        for (int index = 0; index < graph.steps().size(); index++) {
            if (graph.inputs().contains(index)) {
                continue;
            }
            if (graph.layerOf(graph.steps().get(index)).name().endsWith(layer)) {
                return execution.call(call);
            }
            call++;
        }
        throw new IllegalArgumentException("No layer " + layer + " in " + graph);
    }
}
