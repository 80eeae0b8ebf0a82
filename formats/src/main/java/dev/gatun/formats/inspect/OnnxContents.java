package dev.gatun.formats.inspect;

import dev.gatun.formats.onnx.graph.OnnxParser;
import dev.gatun.formats.onnx.graph.OnnxSignature;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A graph of ONNX's: its operators, its inputs and outputs, and the numbers that it brings with it. */
final class OnnxContents implements Contents.Kind {

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        return OnnxSignature.matches(start);
    }

    @Override
    public Contents of(Path file) throws IOException {
        try (ModelSource source = ModelSource.of(file)) {
            ParsedModel model = OnnxParser.parse(source);
            ParsedGraph graph = model.graph();
            Contents contents = Contents.of(toString());
            graph.initializers().forEach((name, numbers) -> contents.arrays().add(new StoredArray(name,
                    String.valueOf(numbers.type()), Arrays.toString(numbers.shape()),
                    Arrays.stream(numbers.shape()).asLongStream().reduce(1, (a, b) -> a * b))));
            contents.metadata().put("opsets", model.opsets().entrySet().stream()
                    .map(opset -> (opset.getKey().isEmpty() ? "ai.onnx" : opset.getKey()) + " " + opset.getValue())
                    .collect(Collectors.joining(", ")));
            contents.metadata().put("ir_version", String.valueOf(model.version()));
            contents.metadata().put("inputs", values(graph.required()));
            contents.metadata().put("outputs", values(graph.outputs()));
            contents.metadata().put("operators", operators(graph.nodes()));
            contents.metadata().putAll(model.metadata());
            return contents.by(model.producer());
        }
    }

    private static String values(List<ParsedValue> values) {
        return values.stream().map(value -> value.name() + " " + value.type() + " " + value.shape())
                .collect(Collectors.joining(", "));
    }

    private static String operators(List<ParsedNode> nodes) {
        Map<String, Integer> counts = new TreeMap<>();
        nodes.forEach(node -> counts.merge(node.qualified(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x " + entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "ONNX";
    }
}
