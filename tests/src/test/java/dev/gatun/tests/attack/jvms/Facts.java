package dev.gatun.tests.attack.jvms;

import dev.gatun.cli.Main;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Zoo;
import dev.gatun.tests.train.TrainingHash;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What must be the same in every JVM, whatever its options: predictions and their bits, whole trainings, the bytes of saved
 * models, summaries, and each word of the command line. Prints a line for each.
 */
public final class Facts {

    private Facts() {}

    /** {@code <folder it may write>}: made by whoever asks, so that no JVM needs one of its own. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        of(Path.of(args[0])).forEach(out::println);
        out.flush();
        TrainingHash.main(args);
    }

    static List<String> of(Path folder) throws IOException {
        List<String> facts = new ArrayList<>();
        for (Zoo zoo : List.of(Zoo.STACK, Zoo.STATES, Zoo.OTHER, Zoo.TWICE)) {
            facts.addAll(model(zoo, folder.resolve(zoo + ".gatun")));
        }
        facts.addAll(commandLine(folder));
        return facts;
    }

    private static List<String> model(Zoo zoo, Path file) throws IOException {
        try (Model model = zoo.model()) {
            List<Tensor> inputs = Zoo.inputs(model, 5, 4);
            List<Tensor> outputs = model.predict(inputs);
            model.metadata().put("text", "Iıİi \u0663 \u00e9");
            model.save(file);
            try (Model loaded = Model.load(file)) {
                return List.of(zoo + " predicts " + bits(outputs), zoo + " loaded predicts "
                        + bits(loaded.predict(inputs)), zoo + " is saved as " + hash(file),
                        zoo + " is summed up as " + model.summaryText().hashCode());
            }
        }
    }

    private static List<String> commandLine(Path folder) throws IOException {
        StringBuilder table = new StringBuilder("day,wave,echo\n");
        for (int row = 0; row < 70; row++) {
            table.append("2020-0").append(1 + row / 28).append(row % 28 < 9 ? "-0" : "-").append(1 + row % 28)
                    .append(',')
                    .append(1000 * Math.rint(row * 7919 % 101) / 8).append(',').append(row % 7 * 0.25).append('\n');
        }
        Path data = Files.writeString(folder.resolve("table.csv"), table);
        Path model = folder.resolve("table.gatun");
        Path forecast = folder.resolve("forecast.csv");
        List<String> facts = new ArrayList<>();
        facts.add(said(folder, "train", data, "--target", "wave", "--date", "day", "--window", 6, "--layers", 5,
                "--epochs", 2, "--threads", 1, "--quiet", "--out", model));
        facts.add(said(folder, "predict", model, "--input", data, "--all", "--quiet", "--output", forecast));
        facts.add("forecast " + hash(forecast) + " model " + hash(model));
        facts.add(said(folder, "evaluate", model, data, "--last", 0.5));
        facts.add(said(folder, "summary", model));
        facts.add(said(folder, "train", data, "--target", "WAVE", "--out", model));
        facts.add(said(folder, "predict", model, "--input", data, "--output", folder.resolve("no").resolve("f.csv")));
        Files.writeString(data, table.append("2020-03-15,x1,2\n"));
        facts.add(said(folder, "train", data, "--target", "wave", "--date", "day", "--out", model));
        return facts;
    }

    private static String said(Path folder, Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        int code = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(args);
        String text = (words[0] + " ends with " + code + " " + out + err).replace(folder.toString(), "FOLDER");
        return text.replaceAll("\\R", " / ");
    }

    private static int bits(List<Tensor> tensors) {
        int hash = 1;
        for (Tensor tensor : tensors) {
            hash = 31 * hash + Arrays.hashCode(tensor.toArray());
        }
        return hash;
    }

    private static int hash(Path file) throws IOException {
        return Arrays.hashCode(Files.readAllBytes(file));
    }
}
