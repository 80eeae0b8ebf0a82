package dev.gatun.formats.onnx.graph;

import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;

/**
 * Numbers of one type with a shape of any rank, row-major. Floats of 32 and 16 bits lie in a {@code float[]}, those of 64 in a
 * {@code double[]}, whole numbers in a {@code long[]} (unsigned ones of 64 bits as their bits), the rest in a
 * {@code boolean[]}. Nobody writes into an array once it is in one of these, so that values share it.
 */
public final class NumberArray {

    /** No value has more numbers: they lie in one array of the JVM. */
    public static final int MOST_NUMBERS = Integer.MAX_VALUE - 16;

    private final NumberType type;
    private final int[] shape;
    private final Object numbers;

    private NumberArray(NumberType type, int[] shape, Object numbers, int length) {
        this.type = type;
        this.shape = shape;
        this.numbers = numbers;
        if (count(shape) != length) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " has " + count(shape)
                    + " numbers, got " + length);
        }
    }

    /** @param type float32, float16 or bfloat16; of the latter two the numbers are ones that the type has */
    public static NumberArray floats(NumberType type, int[] shape, float... numbers) {
        return new NumberArray(type, shape, numbers, numbers.length);
    }

    public static NumberArray floats(int[] shape, float... numbers) {
        return floats(NumberType.FLOAT32, shape, numbers);
    }

    public static NumberArray doubles(int[] shape, double... numbers) {
        return new NumberArray(NumberType.FLOAT64, shape, numbers, numbers.length);
    }

    /** @param type one of whole numbers; they fit it */
    public static NumberArray longs(NumberType type, int[] shape, long... numbers) {
        return new NumberArray(type, shape, numbers, numbers.length);
    }

    /** A list of int64. */
    public static NumberArray longs(long... numbers) {
        return longs(NumberType.INT64, new int[] {numbers.length}, numbers);
    }

    public static NumberArray booleans(int[] shape, boolean... numbers) {
        return new NumberArray(NumberType.BOOL, shape, numbers, numbers.length);
    }

    /** @throws IllegalArgumentException if there are more than one array can have */
    public static int count(int... shape) {
        long count = 1;
        boolean none = false;
        for (int size : shape) {
            none |= size == 0;
            count = Math.multiplyExact(Math.min(count, MOST_NUMBERS + 1L), Math.max(1L, size));
        }
        if (!none && count > MOST_NUMBERS) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape)
                    + " has more numbers than an array of the JVM, expected at most " + MOST_NUMBERS);
        }
        return none ? 0 : (int) count;
    }

    public NumberType type() {
        return type;
    }

    public int rank() {
        return shape.length;
    }

    public int size(int axis) {
        return shape[axis];
    }

    /** @return a copy */
    public int[] shape() {
        return shape.clone();
    }

    public int count() {
        return switch (numbers) {
            case float[] floats -> floats.length;
            case double[] doubles -> doubles.length;
            case long[] longs -> longs.length;
            default -> ((boolean[]) numbers).length;
        };
    }

    /** The array itself, to be read: {@code float[]}, {@code double[]}, {@code long[]} or {@code boolean[]}. */
    public Object numbers() {
        return numbers;
    }

    /** The array itself, to be read, of a type of 32 or 16 floating bits. */
    public float[] floats() {
        return (float[]) numbers;
    }

    /** The array itself, to be read, of float64. */
    public double[] doubles() {
        return (double[]) numbers;
    }

    /** The array itself, to be read, of whole numbers. */
    public long[] longs() {
        return (long[]) numbers;
    }

    /** The array itself, to be read, of booleans. */
    public boolean[] booleans() {
        return (boolean[]) numbers;
    }

    /** The same numbers in another shape. */
    public NumberArray in(int... other) {
        return new NumberArray(type, other, numbers, count());
    }

    /** A number as a double; true is 1. */
    public double number(int index) {
        return switch (numbers) {
            case float[] floats -> floats[index];
            case double[] doubles -> doubles[index];
            case long[] longs -> type == NumberType.UINT64 ? unsigned(longs[index]) : longs[index];
            default -> ((boolean[]) numbers)[index] ? 1 : 0;
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
