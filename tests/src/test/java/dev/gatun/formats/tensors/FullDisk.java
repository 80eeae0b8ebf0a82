package dev.gatun.formats.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A disk with room for some bytes only, for whatever is saved below it on the stack:
 * {@code FullDisk.of(100).during(() -> model.save(path))}. It stands in this package to reach the product's seam, which
 * nobody else should see.
 *
 * @param roomBytes how much it takes
 * @param failsLate whether it notices only when it is forced
 */
public record FullDisk(long roomBytes, boolean failsLate) {

    /** A disk that writes {@code roomBytes} and no more. */
    public static FullDisk of(long roomBytes) {
        return new FullDisk(roomBytes, false);
    }

    /** A disk that notices only when it is forced, as disks with delayed allocation do. */
    public static FullDisk noticedLate() {
        return new FullDisk(Long.MAX_VALUE, true);
    }

    /** What is saved. */
    @FunctionalInterface
    public interface Saving {
        void run() throws Exception;
    }

    public void during(Saving saving) throws Exception {
        ScopedValue.where(Disk.REPLACED, this::create).call(() -> {
            saving.run();
            return null;
        });
    }

    private Disk.Sink create(Path temporary) throws IOException {
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Disk.Sink() {
            private long left = roomBytes;

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                if (left == 0) {
                    throw new IOException("No space left on device");
                }
                ByteBuffer fits = bytes.slice(bytes.position(), (int) Math.min(left, bytes.remaining()));
                int written = channel.write(fits);
                bytes.position(bytes.position() + written);
                left -= written;
                return written;
            }

            @Override
            public void force() throws IOException {
                if (failsLate) {
                    throw new IOException("No space left on device");
                }
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
        };
    }
}
