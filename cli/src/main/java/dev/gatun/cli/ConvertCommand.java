package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.convert.Losses;
import dev.gatun.cli.convert.OutputKind;
import dev.gatun.cli.convert.ReadAgain;
import dev.gatun.cli.convert.Trial;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.cli.verify.Comparison;
import dev.gatun.formats.Imported;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Path;
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
    "The content of IN decides how it is read, the ending of OUT how it is written (gatun, keras, onnx, "
            + "weights.h5), or --as does. What was read from where is printed, and what the new kind of file does not keep. "
            + "The file is read again, and its outputs for random inputs are compared with those of the model that was "
            + "written.",
    "With --into the weights of IN, by their names, go into the model that MODEL holds, and that is written.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun convert from_python.keras model.gatun",
        "  gatun convert weights.safetensors tuned.gatun --into model.gatun --rename lstm_1/=encoder/",
        "  gatun convert state.safetensors model.onnx --architecture \"emb lstm last fc softmax\"",
        "  gatun convert model.gatun state.safetensors --as pytorch",
        "",
        "OUT is written whole or not at all; a file of that name is replaced.",
        "Exit code 1 also if OUT was written and, read again, is not the same, or cannot be read."})
final class ConvertCommand extends PrintingCommand {

    private static final String READ_AGAIN = "read_again";
    private static final String ERROR = "error";

    @Parameters(index = "0", paramLabel = "IN", description = "A model file of any kind that is read; with --into weights.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Option(names = "--as", paramLabel = "KIND", description = "What OUT is, where its ending does not tell: pytorch (a state dict in safetensors), weights.h5, or the ending of another kind.")
    private String as;

    @Mixin
    private WeightOptions weights;

    @Mixin
    private ArchitectureOption architecture;

    @Option(names = "--no-check", description = "Do not read the written file again.")
    private boolean unchecked;

    @Override
    void run() throws IOException {
        weights.requireSound();
        requireOneWay();
        OutputKind kind = OutputKind.of(out, as);
        Target.plainFile("OUT", out);
        Target.apart("OUT", out, weights.into() == null ? new Path[] {in} : new Path[] {in, weights.into()});
        try (Imported imported = read()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("output", out.toString());
            json.put("format", kind.name());
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
            kind.write(imported.model(), out);
            console.tell("Wrote " + out + " (" + kind.name() + ")");
            String problem = unchecked ? unread(kind, imported.model(), json) : check(kind, imported.model(), json);
            console.json(json);
            if (problem != null) {
                throw new Refusal(problem);
            }
        }
    }

    private void requireOneWay() {
        if (architecture.isGiven() && weights.into() != null) {
            throw new WrongCall(
                    "--architecture says what a model of IN does, and --into which model its weights go into;"
                            + " give one of them");
        }
    }

    private Imported read() throws IOException {
        if (architecture.isGiven()) {
            return architecture.read(in);
        }
        return Imported.withTraining(weights.into() == null ? in : weights.into());
    }

    /** What the kind of file does not hold is known without reading it. */
    private String unread(OutputKind kind, Model written, Map<String, Object> json) {
        List<String> lost = kind.leavesOut(written);
        lost.forEach(what -> console().remark("Note: the file does not hold " + what));
        json.put("lost", lost);
        return null;
    }

    /**
     * Reads what was written; what it is not any more is said, and what it gives must be the same.
     *
     * @param json is told what came of it
     * @return what is wrong with the file; null if nothing
     */
    private String check(OutputKind kind, Model written, Map<String, Object> json) {
        Console console = console();
        try (ReadAgain again = kind.read(written, out)) {
            json.put(READ_AGAIN, again.as());
            List<String> lost = Losses.between(written, again);
            lost.forEach(sentence -> console.remark("Note: " + sentence));
            json.put("lost", lost);
            return compare(written, again.model(), json);
        } catch (IOException notRead) {
            json.put(READ_AGAIN, null);
            return out + " was written, but cannot be read again: " + notRead.getMessage()
                    + "; try it where it will be used, or leave the check out with --no-check";
        }
    }

    private String compare(Model written, RunnableModel again, Map<String, Object> json) {
        Console console = console();
        json.put(ERROR, null);
        Trial trial;
        try {
            trial = Trial.of(written);
        } catch (IllegalArgumentException notRandom) {
            console.remark("Note: outputs were not compared: " + notRandom.getMessage());
            return null;
        }
        List<Comparison> outputs;
        try {
            outputs = trial.repeat(again);
        } catch (IllegalArgumentException notTaken) {
            return out + " was written, but read again it does not take what the model takes: "
                    + notTaken.getMessage() + "; do not use it, and report it";
        }
        double worst = outputs.stream().mapToDouble(Comparison::error).max().orElseThrow();
        json.put(ERROR, Double.isInfinite(worst) ? null : worst);
        List<String> others = outputs.stream().filter(output -> !Losses.isSame(output))
                .map(output -> output.words(0)).toList();
        if (!others.isEmpty()) {
            return out + " was written, but read again it does not give what the model gives: "
                    + String.join("; ", others) + "; do not use it, and report it";
        }
        console.tell(String.format(Locale.ROOT, "Read again it gives the same: error %.1e", worst));
        return null;
    }
}
