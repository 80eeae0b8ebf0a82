package dev.gatun.formats.tensors;

import dev.gatun.memory.check.Arguments;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file whole or not at all: into a temporary file of the same folder, forced to the disk, then renamed. A
 * crash or a full disk leaves the old file as it was; a reader that has the old one mapped keeps it.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Body {
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /** Writes the content of a file by way of a stream. */
    @FunctionalInterface
    public interface StreamBody {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * @param target what is written or replaced; a symbolic link is followed; a device or a pipe is written directly
     * @param body   whatever it throws is thrown on, and the target is as it was
     * @throws IOException if the disk refuses: one line with the file, the reason and what became of the old file
     */
    public static void write(Path target, Body body) throws IOException {
        Arguments.required(target, "AtomicFile.write", "target", "a file");
        Arguments.required(body, "AtomicFile.write", "body", "what writes the content");
        boolean replaces = Files.exists(target);
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "this is a folder; give the name of a file in it");
        }
        Path real = replaces ? target.toRealPath() : target.toAbsolutePath();
        if (replaces && !Files.isRegularFile(real)) {
            writeDirectly(target, body);
            return;
        }
        Path folder = real.getParent();
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(target.toString(), null, "its folder " + folder
                    + " does not exist; create it");
        }
        String old = replaces ? "the old file is intact" : "no part of it was left behind";
        // A short name of its own: the target's, with something added, could be too long for the file system.
        Path temporary = folder.resolve(".gatun-" + UUID.randomUUID() + ".tmp");
        try (Disk.Sink sink = create(temporary, target, old)) {
            fill(sink, target, old, body);
        } catch (Throwable failed) {
            discard(temporary);
            throw failed;
        }
        try {
            if (replaces) {
                keepPermissions(real, temporary);
            }
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            discard(temporary);
            throw refused(target, failed, old);
        }
        forceFolder(folder);
    }

    /** As {@link #write}, buffered. */
    public static void writeStream(Path target, StreamBody body) throws IOException {
        Arguments.required(target, "AtomicFile.writeStream", "target", "a file");
        Arguments.required(body, "AtomicFile.writeStream", "body", "what writes the content");
        write(target, out -> {
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(out));
            body.writeTo(stream);
            stream.flush();
        });
    }

    private static Disk.Sink create(Path temporary, Path target, String old) throws IOException {
        try {
            return Disk.current().create(temporary);
        } catch (IOException failed) {
            throw refused(target, failed, old);
        }
    }

    /** What the body itself has to say goes through as it is; what the disk says is told in the file's name. */
    private static void fill(Disk.Sink sink, Path target, String old, Body body) throws IOException {
        Disk.Guarded out = new Disk.Guarded(sink);
        try {
            body.writeTo(out);
        } catch (IOException failed) {
            throw out.failure() == null ? failed : refused(target, out.failure(), old);
        }
        try {
            if (out.failure() != null) {
                throw out.failure(); // A body that swallowed it has written half a file.
            }
            sink.force();
        } catch (IOException failed) {
            throw refused(target, failed, old);
        }
    }

    private static void writeDirectly(Path target, Body body) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            Disk.Guarded out = new Disk.Guarded(new Disk.FileSink(channel));
            try {
                body.writeTo(out);
            } catch (IOException failed) {
                throw out.failure() == null ? failed : refused(target, out.failure(), "it is not a plain file");
            }
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException left) {
            return; // What made the writing fail is the better message.
        }
    }

    private static IOException refused(Path target, IOException failed, String old) {
        String said = failed instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(failed.getMessage());
        boolean full = said.contains("No space left")
                || said.contains("not enough space on the disk")
                || said.contains("quota exceeded");
        String reason = full
                ? "the disk is full (" + said + "); " + old + ". Free some space or write elsewhere"
                : "cannot be written (" + failed.getClass().getSimpleName() + ": " + said + "); " + old;
        FileSystemException told = new FileSystemException(target.toString(), null, reason);
        told.initCause(failed);
        return told;
    }

    private static void keepPermissions(Path from, Path to) {
        try {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        } catch (IOException | UnsupportedOperationException without) {
            return; // File systems without them have nothing to keep.
        }
    }

    /** So that the new name survives a power cut. Windows does not open folders: there the rename has to do. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException cannot) {
            return;
        }
    }
}
