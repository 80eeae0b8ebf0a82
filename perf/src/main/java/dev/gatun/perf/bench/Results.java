package dev.gatun.perf.bench;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.gatun.perf.paired.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a run found: what {@code --json} writes and {@code --compare} reads. Times are in nanoseconds.
 *
 * @param machine  what the figures are of
 * @param outcomes of every task, number of threads and peer
 * @param shares   of the roofs
 * @param answers  to users' questions
 * @param starts   of JVMs, to their first prediction
 * @param scaling  how time grows with sizes
 * @param leftOut  peers that could not run, and why
 * @param failures what could not be measured, and why
 */
public record Results(Machine machine, List<Outcome> outcomes, List<Share> shares, List<Answer> answers,
        List<Starts.Entry> starts, List<ThreadScaling.Point> scaling, List<String> leftOut, List<String> failures) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes them as JSON; folders that are missing are made. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, JSON.writeValueAsBytes(this));
    }

    /**
     * Those of another run.
     *
     * @throws IllegalArgumentException if there are none in the file
     */
    public static Results read(Path file) throws IOException {
        try {
            Results results = JSON.readValue(Files.readAllBytes(file), Results.class);
            if (results.machine == null || results.outcomes == null) {
                throw new IllegalArgumentException(file + " is JSON, but no report that --json wrote");
            }
            return results;
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("There is no file " + file + "; perf/bench --json FILE writes one",
                    missing);
        } catch (JacksonException other) {
            throw new IllegalArgumentException(
                    file + " is no report that --json wrote: " + other.getOriginalMessage(), other);
        }
    }
}
