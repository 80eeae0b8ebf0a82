package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.inspect.GraphSummary;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatun summary}: layers, shapes and parameters of a model file. */
@Command(name = "summary", header = "Prints a model's layers, shapes and parameters, as Keras does.", description = {
    "Of a graph of ONNX that has no layers: its inputs, outputs, operators and numbers.",
    ""}, footer = {"",
        "Examples:", "  gatun summary model.gatun", "  gatun summary from_python.keras --json"})
final class SummaryCommand extends PrintingCommand {

    @Parameters(paramLabel = "MODEL", description = "A model file of any kind that is read.")
    private Path file;

    @Mixin
    private ArchitectureOption architecture;

    @Override
    void run() throws IOException {
        try (RunnableModel read = architecture.open(file, 1)) {
            tellNotes(read.notesToPredict());
            if (read.model().isPresent()) {
                layers(read.model().get());
            } else {
                GraphSummary graph = GraphSummary.of(file, read);
                console().result(graph.text());
                console().json(graph.plain());
            }
        }
    }

    private void layers(Model model) {
        Console console = console();
        console.result(model.summaryText().stripTrailing());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        json.put("parameters", model.parameterCount());
        json.put("inputs", named(model.inputNames(), model.inputShapes()));
        json.put("outputs", named(model.outputNames(), model.outputShapes()));
        Map<String, String> layers = new LinkedHashMap<>();
        model.graph().layers().forEach(layer -> layers.put(layer.name(), layer.layer().kind()));
        json.put("layers", layers);
        json.put("summary", model.summaryText());
        console.json(json);
    }

    private static Map<String, String> named(List<String> names, List<?> shapes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), shapes.get(i).toString());
        }
        return map;
    }
}
