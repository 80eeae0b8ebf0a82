package dev.gatun.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A main class run in a JVM of its own, with this one's class path.
 *
 * @param exit   its exit code
 * @param output what it printed; if it failed, its errors too
 */
public record Fork(int exit, String output) {

    /** @param options for the JVM; unless they say otherwise the heap is 256 MB, and kernels are SIMD from the first call on */
    public static Fork run(Class<?> main, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Ddev.gatun.kernels=simd");
        builder.command().addAll(List.of(options));
        builder.command().add(main.getName());
        builder.environment()
                .put("CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return of(builder);
    }

    /** Any command, run to its end. */
    public static Fork of(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        StringBuilder errors = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> read(process, errors));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        reader.join();
        return new Fork(exit, exit == 0 ? output : output + errors);
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
