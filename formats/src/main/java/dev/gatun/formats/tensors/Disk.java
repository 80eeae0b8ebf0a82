package dev.gatun.formats.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where {@link AtomicFile} makes its temporary files: the real disk, or one that a test fills. */
@FunctionalInterface
interface Disk {

    /** What a test puts in the place of the disk, for the calls below it on the stack. */
    ScopedValue<Disk> REPLACED = ScopedValue.newInstance();

    /** @throws java.nio.file.FileAlreadyExistsException if there is such a file */
    Sink create(Path temporary) throws IOException;

    static Disk current() {
        return REPLACED.orElse(temporary -> new FileSink(
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
    }

    /** An open file. */
    interface Sink extends WritableByteChannel {

        /** To the medium, not only to the operating system. */
        void force() throws IOException;
    }

    /** A file of the operating system. */
    record FileSink(FileChannel channel) implements Sink {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
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
