package dev.gatun.perf.bench;

import dev.gatun.layers.model.Model;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.Ours;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.start.OurStart;
import dev.gatun.perf.start.Starter;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From the start of a JVM to its first prediction from a model file, by the clock of the one who waits: each round starts a
 * JVM of each engine, without and with an AOT cache that the same run has made.
 */
public final class Starts {

    private static final double TOLERANCE = 1e-4;

    private final Child child;
    private final Path folder;
    private final List<Launch> launches = new ArrayList<>();

    Starts(Child child, Path folder) {
        this.child = child;
        this.folder = folder;
    }

    /**
     * One engine, with or without a cache.
     *
     * @param nanos of each start
     */
    public record Entry(String name, double[] nanos) {

        double median() {
            return Measured.median(nanos);
        }
    }

    private record Launch(Entry entry, List<String> command) {

        /** @return the first number of the prediction */
        float untimed() throws IOException, InterruptedException {
            return start(command, new double[1], 0);
        }
    }

    List<Entry> run(List<Peer> peers, int rounds) throws IOException, InterruptedException {
        Task task = Task.START;
        add(Ours.NAME, ours(task), rounds);
        for (Peer peer : peers) {
            if (peer.offers(task)) {
                add(peer.name(), peer.starter(task, Material.of(task), folder), rounds);
            }
        }
        float expected = launches.getFirst().untimed();
        for (Launch launch : launches) {
            float got = launch.untimed();
            if (!(Math.abs(got - expected) <= TOLERANCE * Math.abs(expected))) {
                throw new IllegalStateException(
                        "First prediction of " + launch.entry().name() + " is " + got + ", ours " + expected);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Launch launch : launches) {
                start(launch.command(), launch.entry().nanos(), round);
            }
        }
        return launches.stream().map(Launch::entry).toList();
    }

    private Starter ours(Task task) throws IOException {
        Path file = folder.resolve("start.gatun");
        try (Model model = task.stack().model()) {
            model.save(file);
        }
        return new Starter(
                OurStart.class.getName(), List.of("gatun-"),
                List.of(
                        file.toString(), String.valueOf(task.stack().batch()), String.valueOf(task.stack().time()),
                        String.valueOf(task.stack().inputs())));
    }

    private void add(String name, Starter starter, int rounds) throws IOException, InterruptedException {
        String classPath = classPath(starter.jars());
        String[] arguments = starter.arguments().toArray(String[]::new);
        Path cache = folder.resolve(name.replace(' ', '_') + ".aot");
        Files.deleteIfExists(cache);
        Child.run(
                child.command(classPath, List.of("-XX:AOTCacheOutput=" + cache), starter.main(), arguments),
                java.util.Map.of(), folder.resolve("aot.log"));
        launches.add(new Launch(new Entry(name, new double[rounds]),
                child.command(classPath, List.of(), starter.main(), arguments)));
        launches.add(new Launch(new Entry(name + ", AOT cache", new double[rounds]),
                child.command(classPath, List.of("-XX:AOTCache=" + cache), starter.main(), arguments)));
    }

    private static String classPath(List<String> names) {
        return String.join(File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(jar -> names.stream().anyMatch(Path.of(jar).getFileName().toString()::startsWith))
                        .toList());
    }

    /** @return the first number of the prediction */
    private static float start(List<String> command, double[] nanos, int round)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            nanos[round] = System.nanoTime() - begin;
            if (line == null || !line.startsWith("first ") || process.waitFor() != 0) {
                throw new IOException("No first prediction but '" + line + "' from " + String.join(" ", command));
            }
            return Float.parseFloat(line.substring("first ".length()));
        } finally {
            process.destroyForcibly();
        }
    }

    static boolean among(List<Task> tasks) {
        return tasks.stream().anyMatch(task -> task.kind() == Kind.START);
    }
}
