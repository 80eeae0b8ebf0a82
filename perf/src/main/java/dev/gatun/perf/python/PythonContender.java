package dev.gatun.perf.python;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** An engine in a process of Python's. Times are told by that process: what our question costs is not in them. */
final class PythonContender implements Contender {

    /** What a process says that an unknown instruction ended. */
    private static final int SIGILL = 128 + 4;
    private static final int PATIENCE_SECONDS = 10;

    private final Path folder;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /** Of a block: all of it, and each run if they were asked for. */
    private record Times(long nanos, long[] singles) {}

    PythonContender(String python, PythonPeer peer, Task task, int threads, Material material) throws IOException {
        this.folder = Files.createTempDirectory("python");
        PythonTask.write(task, material, folder);
        this.process = Script.process(python, folder, peer.engine().name().toLowerCase(Locale.ROOT),
                peer.ways().get(task.kind()), folder.toString(), String.valueOf(threads))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
        answer();
    }

    @Override
    public void run() {
        ask("run");
    }

    @Override
    public long time(int runs) {
        return times("block " + runs).nanos();
    }

    @Override
    public long time(int runs, LongConsumer each) {
        Times times = times("singles " + runs);
        for (long nanos : times.singles()) {
            each.accept(nanos);
        }
        return times.nanos();
    }

    private Times times(String command) {
        try {
            return new ObjectMapper().readValue(ask(command), Times.class);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public float[] result() {
        ask("result");
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("result.f32")));
            float[] numbers = new float[bytes.capacity() / Float.BYTES];
            bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
            return numbers;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            return answer();
        } catch (IOException failed) {
            throw new UncheckedIOException(ended(), failed);
        }
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(ended());
        }
        return line;
    }

    private String ended() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return "Python answers no more";
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "Interrupted while Python ended";
        }
        int code = process.exitValue();
        return "Python ended with exit code " + code + (code == SIGILL ? " (SIGILL)" : "");
    }

    @Override
    public void close() {
        try {
            // The end of its input is the end of the script.
            commands.close();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
