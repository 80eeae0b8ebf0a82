package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file mapped read-only into memory. Kernels never compute on it (its tensors are not 64-byte aligned, and it is
 * another kind of segment): it is copied at the door.
 */
public final class MappedFile implements AutoCloseable {

    private final Path path;
    private final Arena arena;
    private final MemorySegment segment;

    private MappedFile(Path path, Arena arena, MemorySegment segment) {
        this.path = path;
        this.arena = arena;
        this.segment = segment;
    }

    /**
     * Maps a whole file.
     *
     * @param path of a file in the machine's own file system
     * @return to be closed; several threads may read it
     * @throws NullPointerException if the path is null
     * @throws IOException          if the file cannot be opened or mapped
     */
    public static MappedFile open(Path path) throws IOException {
        Arguments.required(path, "MappedFile.open", "path", "a file");
        Arena arena = Arena.ofShared();
        try {
            return new MappedFile(path, arena, map(path, arena));
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
    }

    /**
     * Maps a whole file into memory of the caller's.
     *
     * @param path  of a file in the machine's own file system
     * @param arena unmaps it when it is closed
     * @return the bytes of the file, read-only
     * @throws NullPointerException if an argument is null
     * @throws IOException          if the file cannot be opened or mapped
     */
    public static MemorySegment map(Path path, Arena arena) throws IOException {
        Arguments.required(path, "MappedFile.map", "path", "a file");
        Arguments.required(arena, "MappedFile.map", "arena", "an open arena");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /**
     * The file that is mapped.
     *
     * @return the path as it was given
     */
    public Path path() {
        return path;
    }

    /**
     * The bytes of the file.
     *
     * @return read-only; an access after {@link #close} throws {@link IllegalStateException}
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * The size of the file when it was opened.
     *
     * @return bytes
     */
    public long size() {
        return segment.byteSize();
    }

    /** Unmaps the file. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
