package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.plan.PlannedModel;
import java.util.List;

/**
 * A graph as a model, and how their values lie.
 *
 * @param model   what it is made of
 * @param inputs  of the graph, those that have to be given and lead to an output
 * @param outputs of the graph
 * @param notes   rules that were chosen
 */
public record MappedGraph(PlannedModel model, List<InputPlace> inputs, List<OutputForm> outputs, List<String> notes) {

    /**
     * An input.
     *
     * @param value     of the graph
     * @param order     for each axis of the model's that of ONNX
     * @param isLengths whether it holds lengths, which are a mask in the model
     * @param isWhole   whether it holds whole numbers in the model
     */
    public record InputPlace(ParsedValue value, List<Integer> order, boolean isLengths, boolean isWhole) {}
}
