package dev.gatun.cli.verify;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.Arrays;

/**
 * An output as it should be.
 *
 * @param shape  of all its axes
 * @param values row-major
 */
public record Expected(Shape shape, double[] values) {

    /** What a model gave. */
    public static Expected of(Tensor tensor) {
        if (tensor.type() == DataType.INT32) {
            return new Expected(tensor.shape(), Arrays.stream(tensor.toIntArray()).asDoubleStream().toArray());
        }
        float[] floats = tensor.toArray();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return new Expected(tensor.shape(), values);
    }
}
