package dev.gatun.formats.hdf5.write;

import dev.gatun.memory.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of numbers that is to be written in one piece.
 *
 * @param shape   a size on every axis; none for a single number
 * @param type    of the numbers
 * @param numbers gives them
 */
public record WrittenDataset(Shape shape, WrittenType type, WrittenNumbers numbers) {

    /**
     * One whole number.
     *
     * @param type  INT32 or INT64
     * @param value of the number
     * @return a dataset without axes
     */
    public static WrittenDataset of(WrittenType type, long value) {
        return new WrittenDataset(Shape.of(), type, out -> {
            ByteBuffer bytes = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer filled = type == WrittenType.INT64 ? bytes.putLong(value) : bytes.putInt((int) value);
            filled.flip();
            while (filled.hasRemaining()) {
                out.write(filled);
            }
        });
    }

    /**
     * One number of float32.
     *
     * @param value of the number
     * @return a dataset without axes
     */
    public static WrittenDataset of(float value) {
        WrittenDataset bits = of(WrittenType.INT32, Float.floatToRawIntBits(value));
        return new WrittenDataset(bits.shape, WrittenType.FLOAT32, bits.numbers);
    }

    /** {@return bytes of all numbers} */
    long bytes() {
        return Math.multiplyExact(shape.elements(), (long) type.bytes());
    }
}
