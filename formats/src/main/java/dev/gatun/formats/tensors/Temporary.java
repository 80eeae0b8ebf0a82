package dev.gatun.formats.tensors;

import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is being written beside the one it will replace. Its name says which process writes it. Whatever is not
 * renamed is removed: at once if writing fails, as the last thing of all if the JVM ends meanwhile, and by the next writer's
 * {@link Leftovers} if the JVM was killed.
 */
final class Temporary implements AutoCloseable {

    /** Windows does not rename what is open. */
    private static final boolean CLOSES_FIRST = File.separatorChar == '\\';

    /** Being written by this JVM. Their names are used again, since the JVM never forgets what it must delete at its end. */
    private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Disk.Sink sink;

    private Temporary(Path path, Disk.Sink sink) {
        this.path = path;
        this.sink = sink;
    }

    /**
     * A new file in the folder, under a short name of its own: the target's, with something added, could be too long.
     *
     * @throws IOException if the disk refuses, or the JVM is at its very end
     */
    static Temporary in(Path folder) throws IOException {
        for (int slot = 0;; slot++) {
            Path path = folder.resolve(Writer.SELF.nameOf(slot));
            if (!LIVE.add(path)) {
                continue;
            }
            try {
                return new Temporary(path, create(path));
            } catch (FileAlreadyExistsException taken) {
                LIVE.remove(path);
            } catch (IOException | RuntimeException | Error failed) {
                LIVE.remove(path);
                throw failed;
            }
        }
    }

    private static Disk.Sink create(Path path) throws IOException {
        boolean isLocal = path.getFileSystem() == FileSystems.getDefault();
        if (isLocal) {
            deleteAtTheEnd(path);
        }
        Disk.Sink sink = Disk.current().create(path);
        try {
            if (isLocal) {
                deleteAtTheEnd(path); // Again, for what began to end between the two.
            }
            return sink;
        } catch (IOException ending) {
            sink.close();
            Files.deleteIfExists(path);
            throw ending;
        }
    }

    /** After all shutdown hooks, which may still be saving. */
    private static void deleteAtTheEnd(Path path) throws IOException {
        try {
            path.toFile().deleteOnExit();
        } catch (IllegalStateException ended) {
            throw new IOException("the JVM is ending; save before its last shutdown hook is done", ended);
        }
    }

    Path path() {
        return path;
    }

    Disk.Sink sink() {
        return sink;
    }

    /** What was written, under its final name; in one step where the file system can. */
    void renameTo(Path target) throws IOException {
        if (CLOSES_FIRST || path.getFileSystem() != FileSystems.getDefault()) {
            sink.close();
        }
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException cannot) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes what was not renamed. */
    @Override
    public void close() {
        try {
            sink.close();
        } catch (IOException late) {
            // It was forced to the disk before it was renamed; if not, what made that fail is the better message.
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // The next writer will find it.
        } finally {
            LIVE.remove(path);
        }
    }
}
