package dev.gatun.layers.runtime;

import dev.gatun.layers.Mask;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * What a graph is run on: a tensor for each of its inputs, and behind them the masks of those that were given one.
 *
 * @param masked  numbers of the inputs that have a mask
 * @param graph   with an input for each mask
 * @param tensors for all inputs, checked, samples first
 * @param samples N
 */
public record GivenInputs(List<Integer> masked, Graph graph, List<Tensor> tensors, long samples) {

    /** Keeps copies of the lists. */
    public GivenInputs {
        masked = List.copyOf(Arguments.all(masked, "GivenInputs", "masked", "numbers of inputs, none is fine"));
        Arguments.required(graph, "GivenInputs", "graph", "a graph");
        tensors = List.copyOf(Arguments.all(tensors, "GivenInputs", "tensors", "a tensor for each input"));
    }

    /**
     * Looks at data and masks.
     *
     * @param graph  whose inputs they are
     * @param given  one tensor [N,...] for each input, samples first, or of a time-major input [T,N,...]
     * @param masks  none; one for the only sequence among the inputs; or one for each input
     * @param graphs gives the graph in which some inputs have masks
     * @return data, masks, and the graph that takes them
     * @throws dev.gatun.memory.ShapeException if they do not fit the graph or each other
     * @throws IllegalStateException           if the memory of an input has been freed
     * @throws IllegalArgumentException        if a layer cannot leave steps out, or an id is none of those that a layer knows
     */
    public static GivenInputs of(Graph graph, List<Tensor> given, List<Mask> masks, MaskedGraphs graphs) {
        Arguments.required(graph, "GivenInputs.of", "graph", "that of an open model");
        Arguments.all(masks, "GivenInputs.of", "masks", "masks, none is fine");
        Arguments.required(graphs, "GivenInputs.of", "graphs", "what gives graphs with masks");
        Arguments.all(given, "Model.predict", "inputs", "a tensor for each input of the model");
        List<Tensor> inputs = TimeMajor.samplesFirst(graph, given);
        List<Tensor> tensors = WholeNumbers.cut(graph, inputs);
        long samples = InputCheck.samples(graph, tensors);
        List<Integer> masked = new ArrayList<>();
        Tensor[] steps = new Tensor[inputs.size()];
        List<Mask> all = MaskCheck.forEach(graph, masks);
        for (int input = 0; input < all.size(); input++) {
            if (!all.get(input).isNone()) {
                masked.add(input);
            }
        }
        Graph whole = graphs.of(graph, masked);
        for (int input : masked) {
            steps[input] = all.get(input).steps(
                    "input '" + graph.inputName(input) + "' of model '" + graph.name() + "'",
                    inputs.get(input).shape());
            tensors.add(steps[input]);
        }
        try {
            for (int input = 0; input < inputs.size(); input++) {
                IdCheck.require(graph, input, tensors.get(input), steps[input]);
            }
        } catch (IllegalStateException failed) {
            // Another thread may have freed the memory since it was looked at.
            inputs.forEach(Tensor::requireAlive);
            throw failed;
        }
        return new GivenInputs(masked, whole, tensors, samples);
    }

    /**
     * The check of the sizes of a batch.
     *
     * @param shapes known shapes, batch first, one for each of the tensors
     * @throws dev.gatun.memory.ShapeException if they do not fit the graph or each other
     */
    public void requireShapes(List<Shape> shapes) {
        InputCheck.shapes(graph, shapes);
    }
}
