package dev.gatun.formats.onnx.own;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.runtime.WeightFilling;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file that Gatun wrote and nobody changed since, as the very model that it was written of. The configuration in its
 * metadata is never taken at its word: the model that it makes, with the file's numbers, is written again, and must give the
 * file's nodes and numbers.
 *
 * @param model  to be closed; null if the file is not of that kind
 * @param layers what the model's weights come from
 * @param note   for the report: which of both it is, and why; empty if the file has no configuration
 */
public record OwnModel(Model model, List<ImportReport.Mapped> layers, String note) {

    private static final String SAME = "written by Gatun: its configuration in the file says the same as its nodes,"
            + " so this is the very model that was saved";

    /**
     * Reads it, if it can.
     *
     * @param parsed the file
     * @return with a model or without
     * @throws NullPointerException if the file is null
     */
    public static OwnModel of(ParsedModel parsed) {
        Arguments.required(parsed, "OwnModel.of", "parsed", "a file");
        String configuration = parsed.metadata().get(OwnEntries.MODEL);
        if (configuration == null) {
            return new OwnModel(null, List.of(), "");
        }
        try {
            return read(parsed, configuration);
        } catch (IOException | RuntimeException told) {
            return other(FormatException.reason(told));
        } catch (OutOfMemoryError | StackOverflowError tooLarge) {
            return other("it does not fit the memory of this JVM");
        }
    }

    private static OwnModel other(String reason) {
        return new OwnModel(null, List.of(), "its metadata hold a configuration of Gatun's (" + OwnEntries.MODEL
                + ") that does not say what its nodes do, so these were read as those of any other file: " + reason);
    }

    private static OwnModel read(ParsedModel parsed, String configuration) throws IOException {
        if (parsed.opset() != OnnxGraph.OPSET) {
            throw new IllegalArgumentException("its opset is " + parsed.opset() + ", expected " + OnnxGraph.OPSET);
        }
        Graph graph = ModelConfig.nodes(PlainJson.object(OwnEntries.MODEL, configuration)).graph();
        if (!BuiltIn.areAllOf(graph)) {
            throw new IllegalArgumentException("it has a layer of a user's own, whose nodes may do something else");
        }
        Map<String, float[]> given = OwnEntries.weights(parsed.metadata());
        requireFits(graph, parsed.graph().initializers(), given);
        FoundWeights weights = WeightMarks.of(graph).found(parsed.graph().initializers(), given);
        Difference.refuse(parsed.graph(), WrittenGraph.of(OnnxExport.of(graph, weights::tensor)));
        return filled(graph, weights);
    }

    /** Before memory is taken for them: the file holds every number of the weights. */
    private static void requireFits(Graph graph, Map<String, NumberArray> initializers, Map<String, float[]> given) {
        long held = 0;
        for (NumberArray numbers : initializers.values()) {
            held += numbers.count();
        }
        for (float[] numbers : given.values()) {
            held += numbers.length;
        }
        long needed = WeightShapes.bytes(WeightShapes.of(graph)) / Float.BYTES;
        if (needed > held) {
            throw new IllegalArgumentException("it needs " + needed + " weights, and the file has " + held
                    + " numbers");
        }
    }

    private static OwnModel filled(Graph graph, FoundWeights weights) throws IOException {
        Model model = Model.zeros(graph);
        try (WeightFilling filling = model.network().filling()) {
            for (Weight weight : model.weights()) {
                filling.fill(weight, weights.source(weight.name()));
            }
            return new OwnModel(model, layers(graph, weights), SAME);
        } catch (IOException | RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private static List<ImportReport.Mapped> layers(Graph graph, FoundWeights weights) {
        List<ImportReport.Mapped> layers = new ArrayList<>();
        for (Graph.NamedLayer layer : graph.flat().layers()) {
            List<String> lines = new ArrayList<>();
            if (layer.built() != null) {
                layer.built().weights().forEach(spec -> lines.add(
                        weights.line(layer.name(), layer.name() + "/" + spec.name())));
            }
            layers.add(new ImportReport.Mapped(layer.name(), layer.layer().kind(), lines));
        }
        return layers;
    }
}
