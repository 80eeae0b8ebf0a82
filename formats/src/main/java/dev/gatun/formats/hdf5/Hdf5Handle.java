package dev.gatun.formats.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A file that jHDF has open. What jHDF cannot read of it, types without a meaning, is known when it is met, since nobody looks through
 * a large file for it: then a copy in memory, in which it can be read, takes the file's place.
 */
final class Hdf5Handle implements AutoCloseable {

    private static final long MOST_BYTES = Integer.MAX_VALUE - 16;

    private final Path path;
    private final FileChannel channel;
    private final HdfFile file;
    private HdfFile copy;
    private boolean hasOpaque;

    private Hdf5Handle(Path path, FileChannel channel, HdfFile file, boolean hasOpaque) {
        this.path = path;
        this.channel = channel;
        this.file = file;
        this.hasOpaque = hasOpaque;
    }

    /** @param bytes changed where jHDF could not read them */
    static Hdf5Handle of(byte[] bytes) {
        boolean hasOpaque = OpaqueTypes.uncovered(ByteBuffer.wrap(bytes));
        return new Hdf5Handle(null, null, HdfFile.fromBytes(bytes), hasOpaque);
    }

    /** @param path of the machine's own file system */
    static Hdf5Handle of(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            return new Hdf5Handle(path, channel, opened(path, channel), false);
        } catch (IOException | RuntimeException | Error failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * In a mapping jHDF takes pieces of it; of a channel it first takes as much memory as a damaged file asks for, 2 GB and three
     * seconds for one field.
     */
    private static HdfFile opened(Path path, FileChannel channel) throws IOException {
        return channel.size() <= Integer.MAX_VALUE
                ? HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))
                : new HdfFile(path);
    }

    /**
     * Reads something, beginning at the root.
     *
     * @param work done once more if it fails because of a type without a meaning
     */
    <R> R read(Function<Node, R> work) {
        try {
            return work.apply(root());
        } catch (RuntimeException unread) {
            if (copy != null || path == null || !uncovered()) {
                throw unread;
            }
            return work.apply(root());
        }
    }

    private HdfFile root() {
        return copy == null ? file : copy;
    }

    /** A damaged file has no such types, and is not copied. */
    private boolean uncovered() {
        try {
            if (channel.size() > MOST_BYTES
                    || !OpaqueTypes.areIn(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))) {
                return false;
            }
            byte[] bytes = Files.readAllBytes(path);
            hasOpaque = OpaqueTypes.uncovered(ByteBuffer.wrap(bytes));
            copy = HdfFile.fromBytes(bytes);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether types without a meaning were met, which Keras writes for bfloat16. */
    boolean hasOpaque() {
        return hasOpaque;
    }

    /** Of a file: its bytes. */
    FileChannel channel() {
        return channel;
    }

    /** How many bytes stand in front of what addresses count from. */
    long userBlockBytes() {
        return root().getUserBlockSize();
    }

    @Override
    public void close() {
        try {
            file.close();
            if (copy != null) {
                copy.close();
            }
            if (channel != null) {
                channel.close();
            }
        } catch (IOException left) {
            // Nothing was written.
        }
    }
}
