package dev.gatun.cli.inspect;

import dev.gatun.cli.model.Port;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.formats.inspect.Contents;
import dev.gatun.formats.inspect.StoredArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a graph that runs node after node.
 *
 * @param contents what its file holds
 * @param inputs   by name
 * @param outputs  by name
 */
public record GraphSummary(Contents contents, List<Port> inputs, List<Port> outputs) {

    /** @throws IOException if the file cannot be read */
    public static GraphSummary of(Path file, RunnableModel graph) throws IOException {
        return new GraphSummary(Contents.of(file).orElseThrow(), graph.inputs(), graph.outputs());
    }

    private long numbers() {
        return contents.arrays().stream().mapToLong(StoredArray::elements).sum();
    }

    private String said(String key) {
        return contents.metadata().getOrDefault(key, "");
    }

    /** Lines for people. */
    public String text() {
        return String.join(System.lineSeparator(), List.of(
                "Graph of ONNX, " + said("opsets")
                        + (contents.writer().isEmpty() ? "" : ", written by " + contents.writer()),
                "Inputs:    " + Port.text(inputs),
                "Outputs:   " + Port.text(outputs),
                "Operators: " + said("operators"),
                "Numbers:   " + numbers() + " in " + contents.arrays().size() + " initializers"));
    }

    /** Plain values for JSON. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("parameters", numbers());
        plain.put("inputs", shapes(inputs));
        plain.put("outputs", shapes(outputs));
        plain.put("operators", said("operators"));
        plain.put("summary", text());
        return plain;
    }

    private static Map<String, String> shapes(List<Port> ports) {
        Map<String, String> map = new LinkedHashMap<>();
        ports.forEach(port -> map.put(port.name(), port.shapeText()));
        return map;
    }
}
