package dev.gatun.formats.tensors;

import java.lang.foreign.MemorySegment;

/**
 * A piece of a mapping on the heap, which moves along as it is read. Nothing else of this package touches a mapping:
 * when another process shortens the file, HotSpot survives the fault inside its copying routine and throws an
 * {@link InternalError}, but not one in compiled code that loads a number (JDK 25.0.3 died of a {@code movslq} in
 * {@code Assembler::locate_operand}). Copies of a few bytes are compiled to such loads, so a window is as large as
 * the file allows.
 */
final class MappedWindow {

    /** Fits into the second-level cache beside what it is converted to. */
    static final int LARGEST_BYTES = 1 << 16;

    private final MemorySegment mapped;
    private final byte[] bytes;
    private final MemorySegment heap;
    private long beginBytes = -1;

    MappedWindow(MemorySegment mapped) {
        this.mapped = mapped;
        this.bytes = new byte[(int) Math.min(LARGEST_BYTES, mapped.byteSize())];
        this.heap = MemorySegment.ofArray(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * Moves the window, if need be.
     *
     * @param position byte in the mapping
     * @param count    bytes from there on that must be in the window; they lie inside the mapping
     * @return where they are in {@link #bytes}
     */
    int at(long position, int count) {
        if (beginBytes < 0 || position < beginBytes || position + count > beginBytes + bytes.length) {
            beginBytes = Math.min(position, mapped.byteSize() - bytes.length);
            // Not MemorySegment.copy: it loads numbers one by one below 64 bytes, a buffer does so below 7.
            mapped.asSlice(beginBytes, bytes.length).asByteBuffer().get(bytes);
        }
        return (int) (position - beginBytes);
    }

    /** As the other, for numbers that lie in one piece and are all that is read; little-endian, to the target's beginning. */
    static void toFloats(MemorySegment mapped, Dtype dtype, long position, MemorySegment target, long count) {
        if (isCopiedAtOnce(dtype, false, count)) {
            dtype.toFloats(mapped, position, false, target, 0, count);
        } else {
            new MappedWindow(mapped).toFloats(dtype, false, position, target, 0, count);
        }
    }

    private static boolean isCopiedAtOnce(Dtype dtype, boolean bigEndian, long count) {
        return dtype == Dtype.F32 && !bigEndian && count * Float.BYTES >= LARGEST_BYTES;
    }

    /** Converts {@code count} numbers from {@code position} on to float32. */
    void toFloats(Dtype dtype, boolean bigEndian, long position, MemorySegment target, long targetBytes, long count) {
        int step = dtype.bits / Byte.SIZE;
        if (isCopiedAtOnce(dtype, bigEndian, count)) {
            dtype.toFloats(mapped, position, false, target, targetBytes, count);
            return;
        }
        long done = 0;
        while (done < count) {
            int some = (int) Math.min(count - done, bytes.length / step);
            int from = at(position + done * step, some * step);
            dtype.toFloats(heap, from, bigEndian, target, targetBytes + done * Float.BYTES, some);
            done += some;
        }
    }

    /** Converts numbers from {@code position} on to int32, and says how many of {@code count} could be. */
    long toInts(Dtype dtype, boolean bigEndian, long position, MemorySegment target, long targetBytes, long count) {
        int step = dtype.bits / Byte.SIZE;
        long done = 0;
        while (done < count) {
            int some = (int) Math.min(count - done, bytes.length / step);
            int from = at(position + done * step, some * step);
            long whole = dtype.toInts(heap, from, bigEndian, target, targetBytes + done * Integer.BYTES, some);
            done += whole;
            if (whole < some) {
                break;
            }
        }
        return done;
    }

    /** The number at {@code position}. */
    double toDouble(Dtype dtype, boolean bigEndian, long position) {
        return dtype.toDouble(heap, at(position, dtype.bits / Byte.SIZE), bigEndian);
    }
}
