package dev.gatun.layers.graph;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** The shapes of all values of a graph for given inputs; no memory is taken. */
final class ShapeInference {

    private ShapeInference() {}

    static List<List<Shape>> of(Graph graph, List<Shape> inputs) {
        List<List<Shape>> shapes = new ArrayList<>(graph.steps().size());
        for (int index = 0; index < graph.steps().size(); index++) {
            int input = graph.inputs().indexOf(index);
            if (input >= 0) {
                shapes.add(List.of(inputs.get(input)));
                continue;
            }
            Graph.Step step = graph.steps().get(index);
            CallArguments<Shape> read = step.arguments().map(ref -> shapes.get(ref.step()).get(ref.output()));
            if (read.mask() != null) {
                MaskInference.requireSteps(graph.layerOf(step), read.mask(), read.input());
            }
            shapes.add(graph.layerOf(step).built().outputShapes(read));
        }
        return shapes;
    }
}
