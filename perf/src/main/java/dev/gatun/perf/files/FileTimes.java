package dev.gatun.perf.files;

import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times of files in fresh JVMs whose heap is too small for a copy of one: those it makes, of 100 MB each, and model files that
 * are named. Two figures each: the work alone, the first of its JVM, and from launching the JVM to its answer.
 */
public final class FileTimes {

    private static final int ROUNDS = 11;
    /** Less than a third of the files that are made. */
    private static final String SMALL_HEAP = "-Xmx32m";
    /** Jars of Gatun's that read no models. */
    private static final List<String> NOT_NEEDED = List.of("gatun-cli", "gatun-data");
    private static final int TENSORS = 25;
    private static final int TENSOR_SIDE = 1024;
    private static final int UNITS = 1700;

    /** As a program has it that reads models, Gatun's own in front: a JVM opens the jars of a class path until it has found a class. */
    private static final String CLASS_PATH = classPath();

    private FileTimes() {}

    private static String classPath() {
        List<String> own = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (NOT_NEEDED.stream().noneMatch(name::startsWith)) {
                (name.startsWith("gatun-") ? own : others).add(entry);
            }
        }
        own.addAll(others);
        return String.join(File.pathSeparator, own);
    }

    private record Time(double work, double process) {}

    /** Model files to time beside those that are made; any number. */
    public static void main(String[] files) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gatun-files-");
        try {
            say(FileTask.Kind.TENSOR, safetensors(folder.resolve("tensors.safetensors")), List.of(SMALL_HEAP));
            say(FileTask.Kind.MODEL, model(folder.resolve("model.gatun")), List.of(SMALL_HEAP));
            for (String file : files) {
                say(FileTask.Kind.MODEL, Path.of(file), List.of());
            }
        } finally {
            for (Path file : Files.list(folder).toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static Path safetensors(Path file) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        float[] numbers = new float[TENSOR_SIDE * TENSOR_SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 1000 * 1e-3f;
        }
        Tensor tensor = Tensor.of(numbers, TENSOR_SIDE, TENSOR_SIDE);
        for (int i = 0; i < TENSORS; i++) {
            writer.tensor("tensor" + i, tensor);
        }
        writer.write(file);
        return file;
    }

    private static Path model(Path file) throws IOException {
        try (Model model = Sequential.of(Input.shape(Shape.UNKNOWN, UNITS), Lstm.units(UNITS), Dense.units(UNITS))) {
            model.save(file);
        }
        return file;
    }

    private static void say(FileTask.Kind kind, Path file, List<String> options)
            throws IOException, InterruptedException {
        List<Time> times = new ArrayList<>();
        start(kind, file, options); // So that the system has read the file once.
        for (int round = 0; round < ROUNDS; round++) {
            times.add(start(kind, file, options));
        }
        System.out.printf(Locale.ROOT, "%s %s, %.1f MB%s: %s ms; with the start of the JVM %s ms%n",
                kind.name().toLowerCase(Locale.ROOT), file.getFileName(), Files.size(file) / 1e6,
                options.isEmpty() ? "" : " " + options,
                words(times.stream().mapToDouble(Time::work).sorted().toArray()),
                words(times.stream().mapToDouble(Time::process).sorted().toArray()));
    }

    private static String words(double[] sorted) {
        return String.format(Locale.ROOT, "%.0f (%.0f to %.0f)", sorted[sorted.length / 2], sorted[0],
                sorted[sorted.length - 1]);
    }

    private static Time start(FileTask.Kind kind, Path file, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", CLASS_PATH, FileTask.class.getName(), kind.name(),
                file.toString()));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            double whole = (System.nanoTime() - begin) / 1e6;
            if (line == null || !line.startsWith("nanos ") || process.waitFor() != 0) {
                throw new IOException("No time but '" + line + "' from " + String.join(" ", command));
            }
            return new Time(Long.parseLong(line.substring("nanos ".length())) / 1e6, whole);
        } finally {
            process.destroyForcibly();
        }
    }
}
