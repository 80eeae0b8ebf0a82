package dev.gatun.layers.graph;

import dev.gatun.layers.Input;

/** The sequences that a model reads are all given time-major, or none is: what it returns has one order. */
final class AxisOrder {

    private AxisOrder() {}

    static void requireOne(Graph graph) {
        for (int input = 0; graph.isTimeMajor() && input < graph.inputs().size(); input++) {
            Graph.NamedLayer layer = graph.layerOf(graph.steps().get(graph.inputs().get(input)));
            if (layer.layer() instanceof Input one && one.isSequence() && !one.isTimeMajor()) {
                throw new IllegalArgumentException("Model '" + graph.name() + "': input '" + graph.inputName(input)
                        + "' is given samples first, and another one time-major; declare all sequences with "
                        + ".timeMajor(), or none");
            }
        }
    }
}
