package dev.gatun.formats.hdf5;

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
public record Hdf5Dataset(Shape shape, Hdf5Type type, Hdf5Numbers numbers) {

    /**
     * One whole number.
     *
     * @param type  INT32 or INT64
     * @param value of the number
     * @return a dataset without axes
     */
    public static Hdf5Dataset of(Hdf5Type type, long value) {
        return new Hdf5Dataset(Shape.of(), type, out -> {
            ByteBuffer bytes = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer filled = type == Hdf5Type.INT64 ? bytes.putLong(value) : bytes.putInt((int) value);
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
    public static Hdf5Dataset of(float value) {
        Hdf5Dataset bits = of(Hdf5Type.INT32, Float.floatToRawIntBits(value));
        return new Hdf5Dataset(bits.shape, Hdf5Type.FLOAT32, bits.numbers);
    }

    /** {@return bytes of all numbers} */
    long bytes() {
        return Math.multiplyExact(shape.elements(), (long) type.bytes());
    }
}
