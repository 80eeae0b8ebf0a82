package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.cli.tensors.TensorFile;
import dev.gatun.cli.verify.Comparison;
import dev.gatun.cli.verify.RandomInputs;
import dev.gatun.cli.verify.Reference;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatun verify}: outputs of a model beside those of a reference. */
@Command(name = "verify", sortOptions = false, exitCodeOnExecutionException = VerifyCommand.FAILED, header = "Compares a model's outputs with those that a reference has for the same inputs.", description = {
    "A reference is a .safetensors or .npz file with inputs x0, x1, ... in the model's order, or in_NAME, and outputs "
            + "y0, y1, ..., or out_NAME; or a .json file with tensors {shape, data} of such names. --save writes one. Of "
            + "a model that keeps states there may be several calls: the inputs and outputs of each follow those before.",
    "The error of an output is its largest distance, divided by its largest number (0.0001 at least).",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun verify model.keras --against model.expected.safetensors",
        "  gatun verify sales.gatun --save sales.safetensors",
        "  gatun verify sales.onnx --against sales.safetensors --tolerance 1e-4",
        "",
        "Exit code 0: all outputs agree; 1: one differs; 2: they could not be compared, or the call was wrong."})
final class VerifyCommand extends ComputingCommand {

    static final int DIFFERS = 1;
    private static final int SAMPLES = 3;
    private static final int STEPS = 7;
    static final int FAILED = 2;

    @Parameters(paramLabel = "MODEL", description = "A model file of any kind that is read.")
    private Path file;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Way way;

    /** Read a reference, or write one. */
    static final class Way {
        @Option(names = "--against", paramLabel = "REFERENCE", description = "Compare with this reference.")
        private Path against;

        @Option(names = "--save", paramLabel = "FILE.safetensors", description = "Write what this model gives as a reference.")
        private Path save;
    }

    @Option(names = "--tolerance", paramLabel = "X", description = "The largest error that agrees (default: 1e-5).")
    private double tolerance = 1e-5;

    @Option(names = "--input", paramLabel = "FILE", description = "With --save: the inputs, as 'gatun predict' takes them (default: random).")
    private Path input;

    @Option(names = "--seed", paramLabel = "N", description = "With --save: of random inputs (default: 0).")
    private Long seed;

    @Option(names = "--samples", paramLabel = "N", description = "With --save: how many random samples (default: 3).")
    private Integer samples;

    @Option(names = "--steps", paramLabel = "N", description = "With --save: time steps, where the model leaves them open (default: 7).")
    private Integer steps;

    @Mixin
    private ArchitectureOption architecture;

    private boolean differs;

    @Override
    void run() throws IOException {
        Bounds.atLeast("--tolerance", tolerance, 0.0);
        int threads = threads();
        if (way.save != null) {
            requireTarget();
        } else {
            requireNothingForSaving();
        }
        try (RunnableModel model = architecture.open(file, threads)) {
            tellNotes(model.notesToPredict());
            if (way.save == null) {
                compare(model);
            } else {
                save(model);
            }
        }
    }

    @Override
    int exitCode() {
        return differs ? DIFFERS : 0;
    }

    private void requireNothingForSaving() {
        if (input != null || seed != null || samples != null || steps != null) {
            throw new WrongCall(
                    "--input, --seed, --samples and --steps say which inputs --save takes; with --against they"
                            + " stand in the reference: leave them out");
        }
    }

    private int samples() {
        return samples == null ? SAMPLES : samples;
    }

    private int steps() {
        return steps == null ? STEPS : steps;
    }

    private void requireTarget() throws IOException {
        Bounds.between("--samples", samples(), 1, 1 << 20);
        Bounds.between("--steps", steps(), 1, 1 << 20);
        if (!String.valueOf(way.save.getFileName()).toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            throw new WrongCall("--save " + way.save + ": the name must end in .safetensors");
        }
        Target.plainFile("--save", way.save);
        Target.apart("--save", way.save, input == null ? new Path[] {file} : new Path[] {file, input});
    }

    private void compare(RunnableModel model) throws IOException {
        List<String> names = model.outputNames();
        Reference reference = Reference.read(way.against, model.shape(), names, model.keepsStates());
        int calls = reference.calls().size();
        List<Comparison> all = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            Reference.Call now = reference.calls().get(call);
            if (now.isReset()) {
                model.reset();
            }
            List<Tensor> made = model.run(now.inputs());
            for (int i = 0; i < names.size(); i++) {
                String name = calls == 1
                        ? names.get(i)
                        : "call " + (call + 1) + (now.isReset() ? " (after a reset) " : " ") + names.get(i);
                all.add(Comparison.of(name, made.get(i), now.outputs().get(i)));
            }
        }
        differs = !all.stream().allMatch(one -> one.isWithin(tolerance));
        Console console = console();
        all.forEach(one -> console.result(one.words(tolerance)));
        console.result((differs ? "Differs" : "Agrees") + ": tolerance " + tolerance);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("agrees", !differs);
        json.put("tolerance", tolerance);
        json.put("outputs", all.stream().map(VerifyCommand::plain).toList());
        console.json(json);
    }

    private static Map<String, Object> plain(Comparison one) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("output", one.output());
        plain.put("shape", one.shape().toArray());
        plain.put("expected_shape", one.expected().toArray());
        plain.put("error", one.error());
        plain.put("worst", one.worst());
        plain.put("got", one.got());
        plain.put("expected", one.wanted());
        return plain;
    }

    private void save(RunnableModel model) throws IOException {
        ModelShape shape = model.shape();
        List<Tensor> inputs = input == null
                ? new RandomInputs(seed == null ? 0 : seed, samples(), steps(), model.vocabulary()).of(shape)
                : TensorFile.of("--input", input).read(input, shape);
        List<Tensor> outputs = model.run(inputs);
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.metadata("inputs", String.join(" ", shape.inputNames()));
        writer.metadata("outputs", String.join(" ", model.outputNames()));
        for (int i = 0; i < inputs.size(); i++) {
            writer.tensor("x" + i, inputs.get(i));
        }
        for (int i = 0; i < outputs.size(); i++) {
            writer.tensor("y" + i, outputs.get(i));
        }
        writer.write(way.save);
        Console console = console();
        console.tell("Wrote " + way.save + ": inputs " + shape.inputNames() + ", outputs " + model.outputNames());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("output", way.save.toString());
        json.put("inputs", shape.inputNames());
        json.put("outputs", model.outputNames());
        console.json(json);
    }
}
