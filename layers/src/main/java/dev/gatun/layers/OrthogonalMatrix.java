package dev.gatun.layers;

import dev.gatun.engine.random.Philox;
import dev.gatun.memory.Tensor;

/**
 * A random matrix with orthonormal rows (or columns, whichever are fewer): normal numbers, then Gram and Schmidt, modified
 * and done twice, which is orthogonal to rounding (Giraud et al. 2005). In double, so the same on every machine.
 */
final class OrthogonalMatrix {

    private OrthogonalMatrix() {}

    static void fill(Tensor target, double gain, Philox random) {
        if (target.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    "The orthogonal initializer needs a matrix, got shape " + target.shape());
        }
        int rows = Math.toIntExact(target.rows());
        int columns = Math.toIntExact(target.columns());
        boolean wide = rows <= columns;
        double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors[i].length; j++) {
                vectors[i][j] = random.normal((long) i * vectors[i].length + j);
            }
            orthogonalise(vectors, i);
            orthogonalise(vectors, i);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target.set((float) (gain * (wide ? vectors[row][column] : vectors[column][row])), row, column);
            }
        }
    }

    private static void orthogonalise(double[][] vectors, int index) {
        double[] vector = vectors[index];
        for (int other = 0; other < index; other++) {
            double product = dot(vector, vectors[other]);
            for (int j = 0; j < vector.length; j++) {
                vector[j] -= product * vectors[other][j];
            }
        }
        double length = StrictMath.sqrt(dot(vector, vector));
        for (int j = 0; j < vector.length; j++) {
            vector[j] /= length;
        }
    }

    /** Four partial sums in a fixed order: faster than one chain, and still the same everywhere. */
    private static double dot(double[] x, double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= x.length - 4; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
