package dev.gatun.cli;

import dev.gatun.cli.convert.Losses;
import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.model.Vocabulary;
import dev.gatun.cli.verify.Comparison;
import dev.gatun.formats.Imported;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatun convert}: a model file in, one of another kind out. */
@Command(name = "convert", sortOptions = false, header = "Reads a model or weights and writes them as another kind of file.", description = {
    "The content of IN decides how it is read, the ending of OUT how it is written. What was read from where is "
            + "printed, and what the new kind of file does not keep. The file is read again, and its outputs for "
            + "random inputs are compared with those of the model that was written.",
    "With --into the weights of IN, by their names, go into the model that MODEL holds, and that is written.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun convert from_python.keras model.gatun",
        "  gatun convert weights.safetensors tuned.gatun --into model.gatun --rename lstm_1/=encoder/",
        "",
        "OUT is written whole or not at all; a file of that name is replaced."})
final class ConvertCommand extends PrintingCommand {

    @Parameters(index = "0", paramLabel = "IN", description = "A model file of any kind that is read; with --into weights.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Mixin
    private WeightOptions weights;

    @Option(names = "--no-check", description = "Do not read the written file again.")
    private boolean unchecked;

    @Override
    void run() throws IOException {
        weights.requireSound();
        ModelWriter writer = ModelWriter.of(out);
        Target.plainFile("OUT", out);
        Target.apart("OUT", out, weights.into() == null ? new Path[] {in} : new Path[] {in, weights.into()});
        try (Imported imported = Imported.withTraining(weights.into() == null ? in : weights.into())) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("output", out.toString());
            json.put("format", writer.name());
            Console console = console();
            LoadedWeights loaded = weights.into() == null ? null : weights.load(in, imported.model());
            console.tell(imported.report().toString().stripTrailing());
            json.put("read", imported.report().source());
            json.put("notes", imported.report().notes());
            if (loaded != null) {
                console.tell(loaded.toString().stripTrailing());
                json.put("loaded", loaded.loaded().stream().map(LoadedWeights.Loaded::weight).toList());
                json.put("missing", loaded.missing());
                json.put("left_over", loaded.left());
            }
            imported.model().save(out);
            console.tell("Wrote " + out + " (" + writer.name() + ")");
            if (unchecked) {
                List<String> lost = writer.leavesOut(imported.model());
                lost.forEach(what -> console.remark("Note: the file does not hold " + what));
                json.put("lost", lost);
            } else {
                check(imported.model(), json);
            }
            console.json(json);
        }
    }

    /** Reads what was written; what it is not any more is said, and what it gives must be the same. */
    private void check(Model written, Map<String, Object> json) throws IOException {
        Console console = console();
        try (Imported again = read(console, json)) {
            if (again == null) {
                return;
            }
            List<String> lost = Losses.between(written, again.model());
            lost.forEach(sentence -> console.remark("Note: " + sentence));
            json.put("lost", lost);
            List<Comparison> outputs = compared(written, again.model(), console);
            List<String> others = new ArrayList<>();
            for (Comparison output : outputs) {
                if (!Losses.isSame(output)) {
                    others.add(output.words(0));
                }
            }
            double worst = outputs.stream().mapToDouble(Comparison::error).max().orElse(Double.NaN);
            json.put("error", Double.isNaN(worst) ? null : worst);
            if (!others.isEmpty()) {
                throw new Refusal(out + " was written, but read again it does not give what the model gives: "
                        + String.join("; ", others) + "; do not use it, and report it");
            }
            if (!outputs.isEmpty()) {
                console.tell(String.format(Locale.ROOT, "Read again it gives the same: error %.1e", worst));
            }
        }
    }

    private Imported read(Console console, Map<String, Object> json) {
        try {
            return Imported.withTraining(out);
        } catch (IOException notRead) {
            console.remark("Note: the file is not read again: " + notRead.getMessage());
            json.put("lost", List.of());
            return null;
        }
    }

    private static List<Comparison> compared(Model written, Model read, Console console) {
        try {
            return Losses.outputs(written, read, Vocabulary.of(written));
        } catch (IllegalArgumentException otherwise) {
            console.remark("Note: outputs were not compared: " + otherwise.getMessage());
            return List.of();
        }
    }
}
