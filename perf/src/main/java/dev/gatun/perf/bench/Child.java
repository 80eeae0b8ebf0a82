package dev.gatun.perf.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts JVMs with the Java, the class path and the options of this run.
 *
 * @param options for the JVM, beside those every one needs
 */
record Child(List<String> options) {

    private static final long LONGEST_MINUTES = 30;
    private static final String SIGILL = "SIGILL";
    private static final int SIGILL_CODE = 128 + 4;

    /** A process died of an instruction that the processor has not. */
    static final class UnknownInstruction extends IOException {

        private static final long serialVersionUID = 1;

        UnknownInstruction(String message) {
            super(message);
        }
    }

    /** The words of a command that runs a class on this process's class path. */
    List<String> command(Class<?> main, String... arguments) {
        return command(System.getProperty("java.class.path"), List.of(), main.getName(), arguments);
    }

    List<String> command(String classPath, List<String> more, String main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        words.addAll(options);
        words.addAll(more);
        words.addAll(List.of("-cp", classPath, main));
        words.addAll(List.of(arguments));
        return words;
    }

    /**
     * Runs to the end; what it says goes to a file.
     *
     * @param environment variables to set; one that is empty is taken away
     * @throws IOException if it fails, with the end of what it said
     */
    static void run(List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                if (ended && isUnknownInstruction(process.exitValue(), log)) {
                    throw new UnknownInstruction(end(log));
                }
                throw new IOException((ended ? "Failed" : "Not done in " + LONGEST_MINUTES + " minutes") + ": "
                        + String.join(" ",
                                command.subList(command.size() - 9 < 0 ? 0 : command.size() - 9, command.size()))
                        + "\n" + end(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** The process itself, or one that it started and tells of. */
    private static boolean isUnknownInstruction(int code, Path log) throws IOException {
        return code == SIGILL_CODE
                || new String(Files.readAllBytes(log), StandardCharsets.UTF_8).contains(SIGILL);
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}
