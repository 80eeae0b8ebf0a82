package dev.gatun.cli.tensors;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model takes.
 *
 * @param inputNames  in its order
 * @param inputShapes batch first; unknown sizes included
 * @param whole       for each input whether it takes whole numbers only
 */
public record ModelShape(List<String> inputNames, List<Shape> inputShapes, List<Boolean> whole) {

    public static ModelShape of(Model model) {
        Graph graph = model.graph();
        List<Boolean> whole = IntStream.range(0, graph.inputs().size())
                .mapToObj(input -> graph.inputType(input) != ValueType.FLOAT32 && !graph.takesFloats(input)).toList();
        return new ModelShape(model.inputNames(), model.inputShapes(), whole);
    }
}
