package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatun summary}: layers, shapes and parameters of a model file. */
@Command(name = "summary", header = "Prints a model's layers, shapes and parameters, as Keras does.", footer = {"",
    "Examples:", "  gatun summary model.gatun", "  gatun summary from_python.keras --json"})
final class SummaryCommand extends PrintingCommand {

    @Parameters(paramLabel = "MODEL", description = "A model file of any kind that is read.")
    private Path file;

    @Override
    void run() throws IOException {
        try (Imported imported = Imported.read(file)) {
            tellNotes(imported.report().notes());
            Model model = imported.model();
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
    }

    private static Map<String, String> named(java.util.List<String> names, java.util.List<?> shapes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), shapes.get(i).toString());
        }
        return map;
    }
}
