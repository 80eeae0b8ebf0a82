package dev.gatun.layers.onnx;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;

/** An initializer: numbers that a graph brings with it, float32 or int64, in row-major order. */
public final class OnnxTensor {

    private final String name;
    private final Shape shape;
    private final float[] floats;
    private final long[] longs;

    private OnnxTensor(String name, Shape shape, float[] floats, long[] longs) {
        this.name = name;
        this.shape = shape;
        this.floats = floats;
        this.longs = longs;
        long count = floats == null ? longs.length : floats.length;
        if (shape.elements() != count) {
            throw new ShapeException("The ONNX tensor '" + name + "' of shape " + shape + " has " + shape.elements()
                    + " numbers, got " + count);
        }
    }

    /**
     * A tensor of float32.
     *
     * @param name   unique in the graph
     * @param shape  known sizes; of no axes for a single number
     * @param values as many as the shape has; copied
     * @return the tensor
     * @throws ShapeException if there are fewer or more
     */
    public static OnnxTensor floats(String name, Shape shape, float... values) {
        Arguments.required(name, "OnnxTensor.floats", "name", "a name");
        Arguments.required(shape, "OnnxTensor.floats", "shape", "known sizes");
        Arguments.required(values, "OnnxTensor.floats", "values", "numbers");
        return new OnnxTensor(name, shape, values.clone(), null);
    }

    /**
     * A list of int64.
     *
     * @param name   unique in the graph
     * @param values copied
     * @return a tensor of one axis
     */
    public static OnnxTensor longs(String name, long... values) {
        Arguments.required(name, "OnnxTensor.longs", "name", "a name");
        Arguments.required(values, "OnnxTensor.longs", "values", "whole numbers");
        return new OnnxTensor(name, Shape.of(values.length), null, values.clone());
    }

    /**
     * Its name.
     *
     * @return unique in the graph
     */
    public String name() {
        return name;
    }

    /**
     * Its shape.
     *
     * @return known sizes; of no axes for a single number
     */
    public Shape shape() {
        return shape;
    }

    /**
     * What its numbers are.
     *
     * @return {@link OnnxType#FLOAT} or {@link OnnxType#INT64}
     */
    public OnnxType type() {
        return floats == null ? OnnxType.INT64 : OnnxType.FLOAT;
    }

    /**
     * The numbers of a tensor of float32.
     *
     * @return a copy, row-major
     * @throws IllegalStateException if its numbers are int64
     */
    public float[] floats() {
        require(floats != null, "longs");
        return floats.clone();
    }

    /**
     * The numbers of a tensor of int64.
     *
     * @return a copy
     * @throws IllegalStateException if its numbers are float32
     */
    public long[] longs() {
        require(longs != null, "floats");
        return longs.clone();
    }

    private void require(boolean holds, String other) {
        if (!holds) {
            throw new IllegalStateException(
                    "The ONNX tensor '" + name + "' holds numbers of type " + type() + "; use " + other + "()");
        }
    }

    @Override
    public String toString() {
        return name + " " + shape + " " + type();
    }
}
