package dev.gatun.formats.onnx;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/**
 * Numbers of any of ONNX's types with a shape, row-major: what goes into an {@link OnnxRunner} and comes out of it. Immutable.
 */
public final class OnnxArray {

    private final NumberArray numbers;

    OnnxArray(NumberArray numbers) {
        this.numbers = numbers;
    }

    /**
     * Numbers of float32.
     *
     * @param values row-major; copied
     * @param shape  its sizes; none for a single number
     * @return the array
     * @throws IllegalArgumentException if the shape has more or fewer numbers
     */
    public static OnnxArray floats(float[] values, int... shape) {
        Arguments.required(values, "OnnxArray.floats", "values", "numbers");
        return new OnnxArray(NumberArray.floats(sizes(shape, "OnnxArray.floats"), values.clone()));
    }

    /**
     * Numbers of float64.
     *
     * @param values row-major; copied
     * @param shape  its sizes; none for a single number
     * @return the array
     * @throws IllegalArgumentException if the shape has more or fewer numbers
     */
    public static OnnxArray doubles(double[] values, int... shape) {
        Arguments.required(values, "OnnxArray.doubles", "values", "numbers");
        return new OnnxArray(NumberArray.doubles(sizes(shape, "OnnxArray.doubles"), values.clone()));
    }

    /**
     * Numbers of int64.
     *
     * @param values row-major; copied
     * @param shape  its sizes; none for a single number
     * @return the array; {@link #as} makes other whole numbers of it
     * @throws IllegalArgumentException if the shape has more or fewer numbers
     */
    public static OnnxArray longs(long[] values, int... shape) {
        Arguments.required(values, "OnnxArray.longs", "values", "whole numbers");
        return new OnnxArray(NumberArray.longs(NumberType.INT64, sizes(shape, "OnnxArray.longs"), values.clone()));
    }

    /**
     * Numbers of true and false.
     *
     * @param values row-major; copied
     * @param shape  its sizes; none for a single one
     * @return the array
     * @throws IllegalArgumentException if the shape has more or fewer
     */
    public static OnnxArray booleans(boolean[] values, int... shape) {
        Arguments.required(values, "OnnxArray.booleans", "values", "true and false");
        return new OnnxArray(NumberArray.booleans(sizes(shape, "OnnxArray.booleans"), values.clone()));
    }

    private static int[] sizes(int[] shape, String where) {
        Arguments.required(shape, where, "shape", "sizes, none for a single number");
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(where + ": the shape is " + Arrays.toString(shape)
                        + ", expected sizes from 0");
            }
        }
        return shape.clone();
    }

    /**
     * The type of the numbers.
     *
     * @return one of ONNX's types
     */
    public NumberType type() {
        return numbers.type();
    }

    /**
     * The shape.
     *
     * @return known sizes; no axes for a single number
     */
    public Shape shape() {
        return Shape.of(Arrays.stream(numbers.shape()).asLongStream().toArray());
    }

    /**
     * How many numbers there are.
     *
     * @return the product of the sizes
     */
    public int count() {
        return numbers.count();
    }

    /**
     * The numbers as float32: those of float64 and large whole ones rounded, true as 1.
     *
     * @return a copy, row-major
     */
    public float[] toFloats() {
        float[] floats = new float[count()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.number(i);
        }
        return floats;
    }

    /**
     * The numbers as float64: whole ones above 2^53 rounded, true as 1.
     *
     * @return a copy, row-major
     */
    public double[] toDoubles() {
        double[] doubles = new double[count()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = numbers.number(i);
        }
        return doubles;
    }

    /**
     * The numbers as they are, if they are whole; those of uint64 as their bits.
     *
     * @return a copy, row-major
     * @throws IllegalStateException if they are floating or booleans
     */
    public long[] toLongs() {
        if (!type().isWhole()) {
            throw new IllegalStateException("OnnxArray.toLongs: the numbers are " + type() + "; use toDoubles()");
        }
        return numbers.longs().clone();
    }

    /**
     * The same numbers in another type.
     *
     * @param type that has each of them; to float32, float16 and bfloat16 they are rounded
     * @return this, if it has the type
     * @throws IllegalArgumentException naming a number that the type does not have
     */
    public OnnxArray as(NumberType type) {
        Arguments.required(type, "OnnxArray.as", "type", "for example NumberType.INT64");
        return type == type() ? this : new OnnxArray(ArrayTypes.changed(numbers, type));
    }

    NumberArray numbers() {
        return numbers;
    }

    /** The type and the shape. */
    @Override
    public String toString() {
        return numbers.toString();
    }
}
