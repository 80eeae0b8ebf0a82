package dev.gatun.formats.tensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Temporary files of processes that were killed. One is removed only if its writer is not seen to run and nobody holds its
 * lock: a writer in another container or on another machine is not seen, but its lock is.
 */
final class Leftovers {

    private static final String NAMES = ".gatun-*.tmp";

    /** Where there are no locks, or another make of name: nobody writes one file for so long. */
    private static final Duration OLD = Duration.ofDays(1);

    private Leftovers() {}

    /** What cannot be looked at or removed stays: the save that follows has its own say about the folder. */
    static void sweep(Path folder) {
        if (folder.getFileSystem() != FileSystems.getDefault()) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, NAMES)) {
            for (Path each : found) {
                sweepOne(each);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return;
        }
    }

    private static void sweepOne(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return; // Opening a pipe would wait for a reader.
        }
        try {
            Optional<Writer> writer = Writer.of(file.getFileName().toString());
            if (writer.isPresent() ? writer.get().isAlive() : !isOld(file)) {
                return;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                if (isFree(channel, file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | OverlappingFileLockException notOurs) {
            return;
        }
    }

    /** Whether nobody else holds the lock; this process holds it then, until the channel is closed. */
    private static boolean isFree(FileChannel channel, Path file) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (IOException without) {
            return isOld(file);
        }
    }

    private static boolean isOld(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(OLD));
    }
}
