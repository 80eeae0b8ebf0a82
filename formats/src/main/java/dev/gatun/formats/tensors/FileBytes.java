package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.MappedFile;
import dev.gatun.memory.Uninterrupted;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All bytes of a file in one segment: mapped, if the machine's own file system has it, otherwise read into memory. Says what
 * the operating system has to say in one clear line.
 *
 * @param name    of the file, for messages
 * @param segment read only
 * @param owner   frees it
 */
record FileBytes(String name, MemorySegment segment, Arena owner) implements AutoCloseable {

    private static final int FIRST_BYTES = 1 << 20;

    /** What reads the bytes. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws FormatException;
    }

    /**
     * @param problem what the exception carries
     * @throws FormatException if the file is missing, not a file, or cannot be read
     */
    static FileBytes of(Path file, Enum<?> problem) throws FormatException {
        try {
            Opening opening = new Opening(file, problem);
            return file.getFileSystem() == FileSystems.getDefault()
                    ? Uninterrupted.repeated(opening)
                    : Uninterrupted.once(opening);
        } catch (FormatException told) {
            throw told;
        } catch (AccessDeniedException denied) {
            throw new FormatException(file, problem, "may not be read; check its permissions").because(denied);
        } catch (IOException failed) {
            throw unreadable(file.toString(), problem, failed);
        }
    }

    /** A class, since a lambda would take the start of a JVM longer. */
    private record Opening(Path file, Enum<?> problem) implements Uninterrupted.Work<FileBytes> {
        @Override
        public FileBytes run() throws IOException {
            return opened(file, problem);
        }
    }

    private static FileBytes opened(Path file, Enum<?> problem) throws IOException {
        if (!Files.exists(file)) {
            throw new FormatException(file, problem, "there is no such file; check the path");
        }
        if (!Files.isRegularFile(file)) {
            String kind = Files.isDirectory(file) ? "a folder" : "not a plain file";
            throw new FormatException(file, problem, "this is " + kind + "; give the path of a file");
        }
        if (file.getFileSystem() != FileSystems.getDefault()) {
            try (InputStream in = Files.newInputStream(file)) {
                return read(file.toString(), in, problem);
            }
        }
        Arena arena = Arena.ofShared();
        try {
            return new FileBytes(file.toString(), MappedFile.map(file, arena), arena);
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
    }

    /**
     * @param name    of the stream, for messages
     * @param in      read to its end; stays open
     * @param problem what the exception carries
     * @throws FormatException if the stream cannot be read, or holds more than there is memory
     */
    static FileBytes of(String name, InputStream in, Enum<?> problem) throws FormatException {
        try {
            return Uninterrupted.once(() -> read(name, in, problem));
        } catch (FormatException told) {
            throw told;
        } catch (IOException failed) {
            throw unreadable(name, problem, failed);
        }
    }

    private static FormatException unreadable(String name, Enum<?> problem, IOException failed) {
        return new FormatException(name, problem, "cannot be read (" + failed.getClass().getSimpleName()
                + (failed.getMessage() == null ? "" : ": " + failed.getMessage()) + "); try again")
                .because(failed);
    }

    /** What is taken grows with what has come, not with what was promised. */
    private static FileBytes read(String name, InputStream in, Enum<?> problem) throws IOException {
        Arena arena = Arena.ofShared();
        long filled = 0;
        try {
            byte[] chunk = new byte[FIRST_BYTES];
            MemorySegment segment = arena.allocate(FIRST_BYTES);
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (filled + count > segment.byteSize()) {
                    Arena larger = Arena.ofShared();
                    MemorySegment grown;
                    try {
                        grown = larger.allocate(2 * segment.byteSize());
                        MemorySegment.copy(segment, 0, grown, 0, filled);
                    } catch (OutOfMemoryError noMemory) {
                        larger.close();
                        throw noMemory;
                    }
                    arena.close();
                    arena = larger;
                    segment = grown;
                }
                MemorySegment.copy(MemorySegment.ofArray(chunk), 0, segment, filled, count);
                filled += count;
            }
            return new FileBytes(name, segment.asSlice(0, filled).asReadOnly(), arena);
        } catch (OutOfMemoryError noMemory) {
            arena.close();
            throw new FormatException(name, problem, "does not fit into memory: after " + filled + " bytes there is no"
                    + " room for more; give Java more (-XX:MaxDirectMemorySize), or the path of a file, which is mapped")
                    .because(noMemory);
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
    }

    /**
     * Reads, and catches the one thing that validation cannot rule out: that somebody shortens the file while it is
     * mapped. HotSpot turns the fault into an {@link InternalError}.
     *
     * @throws FormatException if the file is shorter than it was when it was opened
     */
    static <T> T guard(Object file, Enum<?> problem, Reading<T> reading) throws FormatException {
        try {
            return reading.read();
        } catch (InternalError fault) {
            throw shortened(file, problem, fault);
        }
    }

    static FormatException shortened(Object file, Enum<?> problem, InternalError fault) {
        return new FormatException(file, problem, "was shortened by another process while it was open; write it again"
                + " and do not change files in place").because(fault);
    }

    /** Frees the memory or the mapping. A second call does nothing. */
    @Override
    public void close() {
        if (owner.scope().isAlive()) {
            owner.close();
        }
    }
}
