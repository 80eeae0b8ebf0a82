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
 * @param inputShapes batch first, unless it is time-major; unknown sizes included
 * @param whole       for each input whether it takes whole numbers only
 * @param ids         for each input whether what it takes stands for things, be it written as floats
 * @param timeMajor   for each input whether the batch is its second axis
 */
public record ModelShape(
        List<String> inputNames, List<Shape> inputShapes, List<Boolean> whole, List<Boolean> ids,
        List<Boolean> timeMajor) {

    /** What the numbers of an input are, in a word. */
    public String type(int input) {
        return whole.get(input) ? "int32" : ids.get(input) ? "int32 or float32" : "float32";
    }

    public static ModelShape of(Model model) {
        Graph graph = model.graph();
        List<Boolean> ids = IntStream.range(0, graph.inputs().size())
                .mapToObj(input -> graph.inputType(input) != ValueType.FLOAT32).toList();
        List<Boolean> whole = IntStream.range(0, graph.inputs().size())
                .mapToObj(input -> ids.get(input) && !graph.takesFloats(input)).toList();
        List<Boolean> timeMajor = IntStream.range(0, graph.inputs().size()).mapToObj(graph::isTimeMajor).toList();
        return new ModelShape(model.inputNames(), model.inputShapes(), whole, ids, timeMajor);
    }
}
