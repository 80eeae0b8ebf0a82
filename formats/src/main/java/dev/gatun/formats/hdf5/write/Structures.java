package dev.gatun.formats.hdf5.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The structures of a file one behind the other, little-endian, each on a multiple of 8: where they lie is where they are named. */
final class Structures {

    /** An address of nothing. */
    static final long NOWHERE = -1;

    private static final int ALIGNMENT = Long.BYTES;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
    private int used;

    /** Bytes, rounded up to where the next structure may begin. */
    static int aligned(int size) {
        return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
    }

    /**
     * Takes room, filled with zeros.
     *
     * @return its address
     * @throws IllegalStateException if there is no room in 2 GiB
     */
    int reserve(int size) {
        long end = (long) used + aligned(size);
        if (end > Integer.MAX_VALUE - ALIGNMENT) {
            throw new IllegalStateException(
                    "The groups and names of an HDF5 file would need more than 2 GiB; write fewer");
        }
        if (end > bytes.capacity()) {
            long larger = Math.min(Math.max(end, 2L * bytes.capacity()), Integer.MAX_VALUE - ALIGNMENT);
            ByteBuffer grown = ByteBuffer.allocate((int) larger).order(ByteOrder.LITTLE_ENDIAN);
            grown.put(0, bytes, 0, used);
            bytes = grown;
        }
        int address = used;
        used = (int) end;
        return address;
    }

    /** What is written from an address on. */
    ByteBuffer at(int address) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(address).limit(used);
    }

    /** All of it. */
    ByteBuffer all() {
        return at(0).asReadOnlyBuffer();
    }

    /** UTF-8, and a zero behind it. */
    static byte[] terminated(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(plain, plain.length + 1);
    }
}
