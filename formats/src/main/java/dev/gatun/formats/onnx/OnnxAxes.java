package dev.gatun.formats.onnx;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the inputs and outputs of a model lie in the ONNX graph it was read from, where sequences may stand time first and states
 * have an axis of directions. It is kept in the model's metadata, so it is there in a {@code .gatun} file of it too.
 *
 * <pre>{@code
 * Map<String, Tensor> made = OnnxAxes.of(model).orElseThrow().predict(model, Map.of("X", x));     // as ONNX has them
 * }</pre>
 *
 * @param inputs  in the model's order
 * @param outputs in the model's order, which is the graph's
 */
public record OnnxAxes(List<OnnxPlace> inputs, List<OnnxPlace> outputs) {

    private static final String INPUT = "onnx.input.";
    private static final String OUTPUT = "onnx.output.";

    /**
     * Keeps copies of the lists.
     *
     * @throws NullPointerException naming what is missing
     */
    public OnnxAxes {
        inputs = Arguments.copy(inputs, "OnnxAxes", "inputs", "a place for each input");
        outputs = Arguments.copy(outputs, "OnnxAxes", "outputs", "a place for each output");
    }

    /**
     * What is known of a model.
     *
     * @param model open
     * @return empty if it was not read from an ONNX file
     * @throws NullPointerException     if the model is null
     * @throws IllegalArgumentException if what its metadata say is not understood
     */
    public static Optional<OnnxAxes> of(Model model) {
        Arguments.required(model, "OnnxAxes.of", "model", "an open model");
        OnnxAxes found = new OnnxAxes(places(model.metadata(), INPUT), places(model.metadata(), OUTPUT));
        boolean isWhole = found.inputs().size() == model.inputNames().size()
                && found.outputs().size() == model.outputNames().size();
        return isWhole ? Optional.of(found) : Optional.empty();
    }

    private static List<OnnxPlace> places(Map<String, String> metadata, String key) {
        List<OnnxPlace> places = new ArrayList<>();
        for (String text = metadata.get(key + 0); text != null; text = metadata.get(key + places.size())) {
            places.add(OnnxPlace.read(text));
        }
        return places;
    }

    /**
     * Metadata without what they say of these axes, which goes with a model and not with another file of it.
     *
     * @param metadata of a model
     * @return a copy
     * @throws NullPointerException if the metadata, a key or a text is null
     */
    public static Map<String, String> without(Map<String, String> metadata) {
        Map<String, String> others = new LinkedHashMap<>(
                Arguments.all(metadata, "OnnxAxes.without", "metadata", "the metadata of a model"));
        others.keySet().removeIf(key -> key.startsWith(INPUT) || key.startsWith(OUTPUT));
        return others;
    }

    /** Keeps them with a model. */
    void keep(Model model) {
        for (int input = 0; input < inputs.size(); input++) {
            model.metadata().put(INPUT + input, inputs.get(input).written());
        }
        for (int output = 0; output < outputs.size(); output++) {
            model.metadata().put(OUTPUT + output, outputs.get(output).written());
        }
    }

    /**
     * Inputs of the graph as inputs of the model.
     *
     * @param model these are the axes of
     * @param graph values by their names in the graph, in ONNX's shapes; floats or int32
     * @return in the model's order
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if an input is missing, or has another number of axes
     */
    public List<Tensor> toModel(Model model, Map<String, Tensor> graph) {
        Arguments.required(model, "OnnxAxes.toModel", "model", "an open model");
        Arguments.all(graph, "OnnxAxes.toModel", "graph", "tensors by name");
        List<Tensor> moved = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            OnnxPlace place = inputs.get(input);
            Tensor given = graph.get(place.name());
            if (given == null) {
                throw new IllegalArgumentException(
                        "The graph has an input '" + place.name() + "', which is missing; given are "
                                + graph.keySet());
            }
            boolean isWhole = model.graph().inputType(input) != ValueType.FLOAT32;
            moved.add(place.isLengths()
                    ? null
                    : place.toModel(given, model.inputShapes().get(input).rank(), isWhole));
        }
        for (int input = 0; input < inputs.size(); input++) {
            if (moved.get(input) == null) {
                long time = time(model.inputShapes().get(input).dim(1), moved);
                moved.set(input, inputs.get(input).masks(graph.get(inputs.get(input).name()), time));
            }
        }
        return moved;
    }

    /** The steps of the sequences that lengths belong to. */
    private static long time(long declared, List<Tensor> moved) {
        if (declared > 0) {
            return declared;
        }
        return moved.stream().filter(tensor -> tensor != null && tensor.shape().rank() == 3)
                .mapToLong(tensor -> tensor.shape().dim(1)).findFirst().orElse(0);
    }

    /**
     * Outputs of the model as outputs of the graph.
     *
     * @param made in the model's order
     * @return by their names in the graph, in ONNX's shapes
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if there are fewer or more
     */
    public Map<String, Tensor> toGraph(List<Tensor> made) {
        Arguments.all(made, "OnnxAxes.toGraph", "made", "what the model predicted");
        if (made.size() != outputs.size()) {
            throw new IllegalArgumentException(
                    "OnnxAxes.toGraph: expected " + outputs.size() + " tensors, got " + made.size());
        }
        Map<String, Tensor> moved = new LinkedHashMap<>();
        for (int output = 0; output < outputs.size(); output++) {
            moved.put(outputs.get(output).name(), outputs.get(output).toGraph(made.get(output)));
        }
        return moved;
    }

    /**
     * Predicts as the graph does: in its order of axes, by its names.
     *
     * @param model these are the axes of
     * @param graph values by their names in the graph, in ONNX's shapes; floats or int32
     * @return by their names in the graph, in ONNX's shapes
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if an input is missing, or of another shape
     */
    public Map<String, Tensor> predict(Model model, Map<String, Tensor> graph) {
        Arguments.required(model, "OnnxAxes.predict", "model", "an open model");
        Arguments.all(graph, "OnnxAxes.predict", "graph", "tensors by name");
        return toGraph(model.predict(toModel(model, graph)));
    }
}
