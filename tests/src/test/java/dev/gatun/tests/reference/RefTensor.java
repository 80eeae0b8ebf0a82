package dev.gatun.tests.reference;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import java.util.Arrays;

/**
 * Doubles with a shape, row-major: what flows along the edges of a {@link RefGraph}.
 *
 * @param shape the dimensions; {@code [B,F]} for one step, {@code [B,T,F]} for a sequence
 * @param values the numbers
 */
public record RefTensor(int[] shape, double[] values) {
    public RefTensor {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(values.length + " values for shape " + Arrays.toString(shape));
        }
    }

    /** The size of the innermost axis. */
    public int last() {
        return shape[shape.length - 1];
    }

    /** Zeros of this shape. */
    public static RefTensor zeros(int... shape) {
        return new RefTensor(shape, new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
    }

    /** A fixture's tensor. */
    public static RefTensor of(FixtureTensor tensor) {
        return new RefTensor(tensor.shape(), tensor.values());
    }

    /** A product's tensor, of floats or of whole numbers. */
    public static RefTensor of(Tensor tensor) {
        int[] shape = Arrays.stream(tensor.shape().toArray()).mapToInt(Math::toIntExact).toArray();
        if (tensor.type() == DataType.INT32) {
            return new RefTensor(shape, Arrays.stream(tensor.toIntArray()).asDoubleStream().toArray());
        }
        float[] floats = tensor.toArray();
        double[] values = new double[floats.length];
        Arrays.setAll(values, i -> floats[i]);
        return new RefTensor(shape, values);
    }

    /** From {@code [B][T][F]}. */
    public static RefTensor of(double[][][] cube) {
        int steps = cube.length == 0 ? 0 : cube[0].length;
        int width = steps == 0 ? 0 : cube[0][0].length;
        RefTensor tensor = zeros(cube.length, steps, width);
        for (int b = 0; b < cube.length; b++) {
            for (int t = 0; t < steps; t++) {
                System.arraycopy(cube[b][t], 0, tensor.values, (b * steps + t) * width, width);
            }
        }
        return tensor;
    }

    /** From {@code [B][F]}. */
    public static RefTensor of(double[][] matrix) {
        int width = matrix.length == 0 ? 0 : matrix[0].length;
        RefTensor tensor = zeros(matrix.length, width);
        for (int b = 0; b < matrix.length; b++) {
            System.arraycopy(matrix[b], 0, tensor.values, b * width, width);
        }
        return tensor;
    }

    /** As {@code [B][T][F]}; a matrix {@code [B,F]} is taken as one step. */
    public double[][][] cube() {
        int steps = shape.length == 3 ? shape[1] : 1;
        int width = shape[shape.length - 1];
        double[][][] cube = new double[shape[0]][steps][];
        for (int b = 0; b < shape[0]; b++) {
            for (int t = 0; t < steps; t++) {
                int begin = (b * steps + t) * width;
                cube[b][t] = Arrays.copyOfRange(values, begin, begin + width);
            }
        }
        return cube;
    }

    /** As {@code [rows][F]}, where rows are all leading dimensions together. */
    public double[][] matrix() {
        int width = shape[shape.length - 1];
        double[][] matrix = new double[values.length / Math.max(width, 1)][];
        for (int row = 0; row < matrix.length; row++) {
            matrix[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        }
        return matrix;
    }

    /** The same numbers under another shape. */
    public RefTensor reshape(int... other) {
        return new RefTensor(other, values);
    }

    /** Whether this is {@code [B,T,F]}. */
    public boolean sequence() {
        return shape.length == 3;
    }

    /** The largest absolute value; 0 of nothing. */
    public double largest() {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    /** Adds {@code other} to this one, in place. */
    public void add(RefTensor other) {
        if (!Arrays.equals(shape, other.shape)) {
            throw new IllegalArgumentException(Arrays.toString(shape) + " + " + Arrays.toString(other.shape));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += other.values[i];
        }
    }
}
