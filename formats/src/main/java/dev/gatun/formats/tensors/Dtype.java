package dev.gatun.formats.tensors;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Element types by their names in safetensors files. Those with {@code numeric} are read as floats; of the others only
 * the size is known, so that a file that holds them is still checked as a whole.
 */
enum Dtype {
    BOOL(8, true), U8(8, true), I8(8, true), U16(16, true), I16(16, true), F16(16, true), BF16(16, true), U32(32,
            true), I32(32, true), F32(32, true), U64(64, true), I64(64, true), F64(64, true), F4(4, false), F6_E2M3(6,
                    false), F6_E3M2(6, false), F8_E4M3(8, false), F8_E5M2(8, false), F8_E8M0(8, false), C64(64, false);

    /** Which dtypes a message offers. */
    static final String READABLE = "F32, F64, F16, BF16, I8, I16, I32, I64, U8, U16, U32, U64, BOOL";

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    final int bits;
    final boolean numeric;

    Dtype(int bits, boolean numeric) {
        this.bits = bits;
        this.numeric = numeric;
    }

    /** @return null if the name is unknown */
    static Dtype of(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        return null;
    }

    /**
     * Converts {@code count} elements to float32, each rounded once.
     *
     * @param bigEndian whether the most significant byte comes first in {@code source}
     */
    void toFloats(
            MemorySegment source,
            long sourceBytes,
            boolean bigEndian,
            MemorySegment target,
            long targetBytes,
            long count) {
        if (this == F32 && !bigEndian) {
            MemorySegment.copy(source, FLOAT, sourceBytes, target, JAVA_FLOAT_UNALIGNED, targetBytes, count);
            return;
        }
        int step = bits / 8;
        for (long index = 0; index < count; index++) {
            long raw = raw(source, sourceBytes + index * step, bigEndian);
            target.set(JAVA_FLOAT_UNALIGNED, targetBytes + index * Float.BYTES, toFloat(raw));
        }
    }

    /**
     * Converts {@code count} elements to int32, as long as they are whole numbers that fit.
     *
     * @param bigEndian whether the most significant byte comes first in {@code source}
     * @return how many were converted
     */
    long toInts(
            MemorySegment source,
            long sourceBytes,
            boolean bigEndian,
            MemorySegment target,
            long targetBytes,
            long count) {
        int step = bits / 8;
        for (long index = 0; index < count; index++) {
            // No 64-bit integer that is rounded here lies in the range of int32.
            double value = toDouble(source, sourceBytes + index * step, bigEndian);
            if ((int) value != value) {
                return index;
            }
            target.set(JAVA_INT_UNALIGNED, targetBytes + index * Integer.BYTES, (int) value);
        }
        return count;
    }

    /** Element at {@code sourceBytes} as a double: exact, beside I64 and U64 above 2^53. */
    double toDouble(MemorySegment source, long sourceBytes, boolean bigEndian) {
        return toDouble(raw(source, sourceBytes, bigEndian));
    }

    /** The element's bits; those above its width are the sign's. */
    private long raw(MemorySegment source, long sourceBytes, boolean bigEndian) {
        return switch (bits) {
            case 8 -> source.get(JAVA_BYTE, sourceBytes);
            case 16 -> {
                short value = source.get(SHORT, sourceBytes);
                yield bigEndian ? Short.reverseBytes(value) : value;
            }
            case 32 -> {
                int value = source.get(INT, sourceBytes);
                yield bigEndian ? Integer.reverseBytes(value) : value;
            }
            case 64 -> {
                long value = source.get(LONG, sourceBytes);
                yield bigEndian ? Long.reverseBytes(value) : value;
            }
            default -> throw new IllegalStateException(this + " is not read as numbers");
        };
    }

    /** Not by way of double for 64-bit integers: that would round twice. */
    private float toFloat(long raw) {
        return switch (this) {
            case I64 -> (float) raw;
            case U64 -> raw >= 0 ? (float) raw : (float) halved(raw) * 2f;
            default -> (float) toDouble(raw);
        };
    }

    private double toDouble(long raw) {
        return switch (this) {
            case BOOL -> raw == 0 ? 0 : 1;
            case U8 -> raw & 0xFF;
            case U16 -> raw & 0xFFFF;
            case U32 -> raw & 0xFFFF_FFFFL;
            case I8, I16, I32, I64 -> raw;
            case U64 -> raw >= 0 ? (double) raw : (double) halved(raw) * 2.0;
            case F16 -> Float.float16ToFloat((short) raw);
            case BF16 -> Float.intBitsToFloat((int) raw << 16);
            case F32 -> Float.intBitsToFloat((int) raw);
            case F64 -> Double.longBitsToDouble(raw);
            default -> throw new IllegalStateException(this + " is not read as numbers");
        };
    }

    /** Half of an unsigned number; the lost bit is kept as a sticky one, so that rounding is still right. */
    private static long halved(long raw) {
        return (raw >>> 1) | (raw & 1);
    }
}
