package dev.gatun.tests.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that an attack starts, watches and kills; it never outlives the attack. */
final class Child implements AutoCloseable {

    /** What a user's JVM has; kernels are SIMD from the first call on, so that a short run meets what a long one does. */
    static final List<String> USUAL = List.of("-Xmx256m", "--add-modules", "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-Ddev.gatun.kernels=simd");

    private static final int LOOK_MILLIS = 5;

    private final Process process;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final List<Thread> readers;

    private Child(Process process) {
        this.process = process;
        this.readers = List.of(
                Thread.ofVirtual().start(() -> copy(process.inputReader(StandardCharsets.UTF_8), out)),
                Thread.ofVirtual().start(() -> copy(process.errorReader(StandardCharsets.UTF_8), err)));
    }

    static Child start(List<String> options, Class<?> main, Object... arguments) throws IOException {
        return start(null, options, main, arguments);
    }

    /** A child in which fuzz tests fuzz. */
    static Child fuzzing(List<String> options, Class<?> main, Object... arguments) throws IOException {
        return start(null, Map.of("JAZZER_FUZZ", "1"), options, main, arguments);
    }

    /** @param folder where it works, or null for here */
    static Child start(Path folder, List<String> options, Class<?> main, Object... arguments) throws IOException {
        return start(folder, Map.of(), options, main, arguments);
    }

    private static Child start(Path folder, Map<String, String> variables, List<String> options, Class<?> main,
            Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("CLASSPATH", absoluteClassPath()));
        builder.environment().putAll(variables);
        return new Child(builder.directory(folder == null ? null : folder.toFile()).start());
    }

    private static String absoluteClassPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(java.io.File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(java.io.File.pathSeparator, entries);
    }

    private static void copy(java.io.Reader from, StringBuffer to) {
        char[] part = new char[4096];
        try (from) {
            for (int read = from.read(part); read >= 0; read = from.read(part)) {
                to.append(part, 0, read);
            }
        } catch (IOException ended) {
            return; // It was killed while it wrote.
        }
    }

    /** Waits until it has printed this; false if it ended before, or took too long. */
    boolean awaitText(String text, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (out.indexOf(text) < 0 && System.nanoTime() < deadline && process.isAlive()) {
            Thread.sleep(LOOK_MILLIS);
        }
        return out.indexOf(text) >= 0;
    }

    /** SIGTERM: the JVM runs its shutdown hooks. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL: the JVM learns nothing of it. */
    void kill() {
        process.destroyForcibly();
    }

    /**
     * Its exit code.
     *
     * @throws AssertionError if it is not done within the limit; it is then killed
     */
    int exit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            String stacks = stacks();
            close();
            throw new AssertionError("The child hangs after " + limit + "; it said " + out + err + "\n" + stacks);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    /** What it printed, after it ended well. */
    List<String> lines(Duration limit) throws InterruptedException {
        int exit = exit(limit);
        if (exit != 0) {
            throw new AssertionError("The child ended with " + exit + ": " + out + err);
        }
        return out.toString().lines().toList();
    }

    String out() {
        return out.toString();
    }

    String errors() {
        return err.toString();
    }

    private String stacks() {
        try {
            Process jstack = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
                    String.valueOf(process.pid())).redirectErrorStream(true).start();
            return new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException without) {
            throw new UncheckedIOException(without);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
