package dev.gatun.formats.tensors;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where {@link AtomicFile} makes its temporary files: the real disk, or one that a test fills. */
@FunctionalInterface
interface Disk {

    /** What a test puts in the place of the disk, for the calls below it on the stack. */
    ScopedValue<Disk> REPLACED = ScopedValue.newInstance();

    /** @throws java.nio.file.FileAlreadyExistsException if there is such a file, or another process has taken it away */
    Sink create(Path temporary) throws IOException;

    static Disk current() {
        return REPLACED.orElse(Disk::createLocked);
    }

    /**
     * A stream and not a channel, which would close when its thread is interrupted. On the machine's own file system it is
     * locked, so that {@link Leftovers} of another process, which may not see this one, know that somebody is writing.
     */
    private static Sink createLocked(Path temporary) throws IOException {
        if (temporary.getFileSystem() != FileSystems.getDefault()) {
            return new StreamSink(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE));
        }
        Files.createFile(temporary);
        FileOutputStream out = new FileOutputStream(temporary.toFile());
        if (!lock(out) || !Files.exists(temporary)) {
            out.close();
            throw new FileAlreadyExistsException(temporary.toString());
        }
        return new StreamSink(out);
    }

    /** Whether no other process has locked it; the lock goes when the stream is closed. */
    private static boolean lock(FileOutputStream out) {
        try {
            return out.getChannel().tryLock() != null;
        } catch (IOException without) {
            return true; // Not every file system has locks.
        }
    }

    /** An open file. */
    interface Sink extends WritableByteChannel {

        /** To the medium, not only to the operating system. */
        void force() throws IOException;
    }

    /** A file that does not mind interrupts. */
    final class StreamSink implements Sink {

        private static final int LARGEST_PIECE = 1 << 18;

        private final OutputStream out;
        private boolean isOpen = true;
        private byte[] piece = {};

        StreamSink(OutputStream out) {
            this.out = out;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = Math.min(bytes.remaining(), LARGEST_PIECE);
            if (piece.length < count) {
                piece = new byte[count];
            }
            bytes.get(bytes.position(), piece, 0, count);
            out.write(piece, 0, count);
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public void force() throws IOException {
            if (out instanceof FileOutputStream file) {
                file.getFD().sync();
            }
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public void close() throws IOException {
            isOpen = false;
            out.close();
        }
    }

    /** What a body writes to: remembers whether it was the disk that failed, and stays open until it is forced. */
    final class Guarded implements WritableByteChannel {

        private final Sink sink;
        private IOException failure;

        Guarded(Sink sink) {
            this.sink = sink;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            try {
                return sink.write(bytes);
            } catch (IOException failed) {
                failure = failed;
                throw failed;
            }
        }

        /** What the disk said when it failed, or null. */
        IOException failure() {
            return failure;
        }

        @Override
        public boolean isOpen() {
            return sink.isOpen();
        }

        @Override
        public void close() {}
    }
}
