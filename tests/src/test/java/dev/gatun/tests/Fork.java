package dev.gatun.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A main class run in a JVM of its own, with this one's class path.
 *
 * @param exit   its exit code
 * @param output what it printed; if it failed, its errors too
 * @param errors what it printed on standard error
 */
public record Fork(int exit, String output, String errors) {

    /** @param options for the JVM; unless they say otherwise the heap is 256 MB, and kernels are SIMD from the first call on */
    public static Fork run(Class<?> main, String... options) throws IOException, InterruptedException {
        return finished(start(main, options));
    }

    /** As {@link #run}, without the vector module and with the choice of kernels left to the engine. */
    public static Fork bare(Class<?> main, String... options) throws IOException, InterruptedException {
        return finished(plain(main, options));
    }

    /** Any command, run to its end. */
    public static Fork of(ProcessBuilder builder) throws IOException, InterruptedException {
        return finished(builder.start());
    }

    private static Fork finished(Process process) throws IOException, InterruptedException {
        StringBuilder errors = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> read(process, errors));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        reader.join();
        return new Fork(exit, exit == 0 ? output : output + errors, errors.toString());
    }

    /** As {@link #run}, without waiting for its end. */
    public static Process start(Class<?> main, String... options) throws IOException {
        return plain(main, Stream.concat(
                Stream.of("--add-modules=jdk.incubator.vector", "-Ddev.gatun.kernels=simd"), Stream.of(options))
                .toArray(String[]::new));
    }

    private static Process plain(Class<?> main, String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED");
        builder.command().addAll(List.of(options));
        builder.command().add(main.getName());
        builder.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.start();
    }

    private static void read(Process process, StringBuilder errors) {
        try {
            errors.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            errors.append(failed);
        }
    }

    /** @throws AssertionError if it did not end well */
    public List<String> lines() {
        if (exit != 0) {
            throw new AssertionError("The forked JVM ended with " + exit + ": " + output);
        }
        return output.lines().toList();
    }
}
