package dev.gatun.layers.model;

import dev.gatun.memory.Uninterrupted;
import dev.gatun.memory.check.Arguments;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the bytes of a model come from: a file that can be mapped, a file of another file system (inside a jar, in memory), or
 * a stream. A format looks at the first bytes, and reads the rest if they are its own.
 */
public final class ModelSource implements AutoCloseable {

    /** How many of the first bytes a format may look at. */
    public static final int START_BYTES = 1024;

    private final Path path;
    private final boolean isFolder;
    private final InputStream in;
    private final byte[] start;

    private ModelSource(Path path, boolean isFolder, InputStream in, byte[] start) {
        this.path = path;
        this.isFolder = isFolder;
        this.in = in;
        this.start = start;
    }

    /**
     * A file, of whatever file system, or a folder.
     *
     * @param path of the file
     * @return to be closed
     * @throws NullPointerException if the path is null
     * @throws IOException          if there is no such file or it cannot be read
     */
    public static ModelSource of(Path path) throws IOException {
        Arguments.required(path, "ModelSource.of", "path", "the path of a model file");
        try {
            return Uninterrupted.once(new Opening(path));
        } catch (AccessDeniedException denied) {
            AccessDeniedException told = new AccessDeniedException(path.toString(), null,
                    "may not be read; check its permissions");
            told.initCause(denied);
            throw told;
        }
    }

    /** A class, since a lambda would take the start of a JVM longer. */
    private record Opening(Path path) implements Uninterrupted.Work<ModelSource> {
        @Override
        public ModelSource run() throws IOException {
            return opened(path);
        }
    }

    private static ModelSource opened(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such model file");
        }
        if (Files.isDirectory(path)) {
            return new ModelSource(path, true, InputStream.nullInputStream(), new byte[0]);
        }
        InputStream in = Files.newInputStream(path);
        try {
            return new ModelSource(path, false, in, in.readNBytes(START_BYTES));
        } catch (IOException | RuntimeException | Error failed) {
            in.close();
            throw failed;
        }
    }

    /**
     * A stream that holds one model and nothing else.
     *
     * @param in read to its end by whoever loads the model; it stays open
     * @return closing it does not close the stream
     * @throws NullPointerException if the stream is null: that of a resource that is not there
     * @throws IOException          if it cannot be read
     */
    public static ModelSource of(InputStream in) throws IOException {
        Arguments.required(in, "ModelSource.of", "in", "an open stream; if it is a resource, check its name");
        return new ModelSource(null, false, in, in.readNBytes(START_BYTES));
    }

    /**
     * What messages call it.
     *
     * @return the path as text, or that it is a stream
     */
    public String name() {
        return path == null ? "the stream" : path.toString();
    }

    /**
     * The path it was given by.
     *
     * @return empty for a stream
     */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /**
     * Whether the path is that of a folder.
     *
     * @return false for a stream
     */
    public boolean isFolder() {
        return isFolder;
    }

    /**
     * The file, if it is one that can be opened by its name and mapped.
     *
     * @return empty for streams, folders, pipes and files of other file systems than the machine's own
     */
    public Optional<Path> file() {
        boolean isPlain = path != null && path.getFileSystem() == FileSystems.getDefault()
                && Files.isRegularFile(path);
        return isPlain ? Optional.of(path) : Optional.empty();
    }

    /**
     * Whether the path has an ending, be it in capitals or not.
     *
     * @param ending with its dot, in small letters
     * @return false for a stream
     */
    public boolean hasEnding(String ending) {
        Arguments.required(ending, "ModelSource.hasEnding", "ending", "for example .gatun");
        return path != null && String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /**
     * The first bytes.
     *
     * @return up to {@link #START_BYTES}, a copy; empty for a folder
     */
    public byte[] start() {
        return start.clone();
    }

    /**
     * All bytes, to be asked for once.
     *
     * @return to be read to its end, not to be closed
     * @throws IOException if this is a folder
     */
    public InputStream bytes() throws IOException {
        if (isFolder) {
            throw new FileSystemException(name(), null, "this is a folder; give the path of a file");
        }
        return new SequenceInputStream(new ByteArrayInputStream(start), new FilterInputStream(in) {
            @Override
            public void close() {
                // A sequence closes what it has read to its end, but this one is the caller's.
            }
        });
    }

    /** Closes what {@link #of(Path)} opened. */
    @Override
    public void close() throws IOException {
        if (path != null) {
            in.close();
        }
    }
}
