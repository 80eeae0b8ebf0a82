package dev.gatun.formats.tensors;

import dev.gatun.memory.check.Arguments;
import dev.gatun.memory.Uninterrupted;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file whole or not at all: into a temporary file of the same folder, forced to the disk, then renamed. A
 * crash or a full disk leaves the old file as it was; a reader that has the old one mapped keeps it. An interrupt of the
 * thread is put aside until the file is there.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Body {

        /**
         * Writes all of it.
         *
         * @param out to be written to, not to be closed
         * @throws IOException what the channel, or the body itself, has to say
         */
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /** Writes the content of a file by way of a stream. */
    @FunctionalInterface
    public interface StreamBody {

        /**
         * Writes all of it.
         *
         * @param out to be written to; may be closed
         * @throws IOException what the stream, or the body itself, has to say
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file. On a file system that cannot rename in one step (inside a zip file) the old file goes just before the
     * new one, whole, takes its place.
     *
     * @param target what is written or replaced, on any file system; a symbolic link is followed; a device or a pipe is
     *               written directly
     * @param body   whatever it throws is thrown on, and the target is as it was
     * @throws NullPointerException if an argument is null
     * @throws IOException          if the disk refuses: one line with the file, the reason and what became of the old file
     */
    public static void write(Path target, Body body) throws IOException {
        Arguments.required(target, "AtomicFile.write", "target", "a file");
        Arguments.required(body, "AtomicFile.write", "body", "what writes the content");
        Uninterrupted.once(() -> {
            if (Files.isDirectory(target)) {
                throw new FileSystemException(target.toString(), null,
                        "this is a folder; give the name of a file in it");
            }
            boolean replaces = Files.exists(target);
            Path real = replaces ? target.toRealPath() : target.toAbsolutePath();
            if (replaces && !Files.isRegularFile(real)) {
                writeDirectly(real, body);
            } else {
                replace(target, real, replaces, body);
            }
            return null;
        });
    }

    private static void replace(Path target, Path real, boolean replaces, Body body) throws IOException {
        Path folder = real.getParent();
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(target.toString(), null, "its folder " + folder
                    + " does not exist; create it");
        }
        String old = replaces ? "the old file is intact" : "no part of it was left behind";
        Leftovers.sweep(folder);
        try (Temporary temporary = create(folder, target, old)) {
            fill(temporary.sink(), target, old, body);
            try {
                if (replaces) {
                    keepPermissions(real, temporary.path());
                }
                temporary.renameTo(real);
            } catch (IOException | UnsupportedOperationException failed) {
                throw WriteRefusal.of(target, failed, old);
            }
        }
        if (folder.getFileSystem() == FileSystems.getDefault()) {
            forceFolder(folder);
        }
    }

    /**
     * Does the same as {@link #write}, for a body that writes to a stream; the stream is buffered.
     *
     * @param target what is written or replaced, on any file system
     * @param body   whatever it throws is thrown on, and the target is as it was
     * @throws NullPointerException if an argument is null
     * @throws IOException          if the disk refuses: one line with the file, the reason and what became of the old file
     */
    public static void writeStream(Path target, StreamBody body) throws IOException {
        Arguments.required(target, "AtomicFile.writeStream", "target", "a file");
        Arguments.required(body, "AtomicFile.writeStream", "body", "what writes the content");
        write(target, out -> {
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(out));
            body.writeTo(stream);
            stream.flush();
        });
    }

    private static Temporary create(Path folder, Path target, String old) throws IOException {
        try {
            return Temporary.in(folder);
        } catch (IOException | UnsupportedOperationException failed) {
            throw WriteRefusal.of(target, failed, old);
        }
    }

    /** What the body itself has to say goes through as it is; what the disk says is told in the file's name. */
    private static void fill(Disk.Sink sink, Path target, String old, Body body) throws IOException {
        Disk.Guarded out = new Disk.Guarded(sink);
        try {
            body.writeTo(out);
        } catch (IOException failed) {
            throw out.failure() == null ? failed : WriteRefusal.of(target, out.failure(), old);
        }
        try {
            if (out.failure() != null) {
                throw out.failure(); // A body that swallowed it has written half a file.
            }
            sink.force();
        } catch (IOException failed) {
            throw WriteRefusal.of(target, failed, old);
        }
    }

    private static void writeDirectly(Path target, Body body) throws IOException {
        try (Disk.StreamSink sink = new Disk.StreamSink(Files.newOutputStream(target, StandardOpenOption.WRITE))) {
            Disk.Guarded out = new Disk.Guarded(sink);
            try {
                body.writeTo(out);
            } catch (IOException failed) {
                throw out.failure() == null ? failed : WriteRefusal.of(target, out.failure(), "it is not a plain file");
            }
        }
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
        try {
            Uninterrupted.repeated(() -> {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    return null;
                }
            });
        } catch (IOException cannot) {
            return;
        }
    }
}
