package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.MappedFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Maps files and turns what the operating system says about them into one clear line. */
final class Mapping {

    private Mapping() {}

    /** What reads a mapping. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws FormatException;
    }

    /**
     * @param problem what the exception carries
     * @throws FormatException if the file is missing, not a file, or cannot be mapped
     */
    static MappedFile open(Path file, Enum<?> problem) throws FormatException {
        if (!Files.exists(file)) {
            throw new FormatException(file, problem, "there is no such file; check the path");
        }
        if (!Files.isRegularFile(file)) {
            String kind = Files.isDirectory(file) ? "a folder" : "not a plain file";
            throw new FormatException(file, problem, "this is " + kind + "; give the path of a file");
        }
        try {
            return MappedFile.open(file);
        } catch (AccessDeniedException denied) {
            throw new FormatException(file, problem, "may not be read; check its permissions").because(denied);
        } catch (IOException failed) {
            throw new FormatException(file, problem, "cannot be read: " + failed.getMessage()).because(failed);
        }
    }

    /**
     * Reads, and catches the one thing that validation cannot rule out: that somebody shortens the file while it is
     * mapped. HotSpot turns the fault into an {@link InternalError}.
     *
     * @throws FormatException if the file is shorter than it was when it was opened
     */
    static <T> T guard(Path file, Enum<?> problem, Reading<T> reading) throws FormatException {
        try {
            return reading.read();
        } catch (InternalError fault) {
            throw new FormatException(file, problem,
                    "was shortened by another process while it was open; write it again"
                            + " and do not change files in place")
                    .because(fault);
        }
    }
}
