package dev.gatun.layers;

import dev.gatun.memory.Tensor;

/** How far the rows, or columns, of a matrix are from right angles: the mean of |cos| over all pairs. */
final class Angles {

    /** Shorter vectors are divided by this, as in Keras, so that a vector of zeros has no direction. */
    private static final double SHORTEST = 1e-7;

    private final int vectors;
    private final int length;
    private final boolean ofRows;
    private final double[] directions;
    private final double[] lengths;

    Angles(Tensor matrix, boolean ofRows) {
        int rows = Math.toIntExact(matrix.shape().dim(0));
        int columns = Math.toIntExact(matrix.shape().dim(1));
        this.ofRows = ofRows;
        this.vectors = ofRows ? rows : columns;
        this.length = ofRows ? columns : rows;
        this.directions = new double[Math.multiplyExact(vectors, length)];
        this.lengths = new double[vectors];
        for (int v = 0; v < vectors; v++) {
            double squares = 0;
            for (int i = 0; i < length; i++) {
                double value = ofRows ? matrix.get(v, i) : matrix.get(i, v);
                directions[v * length + i] = value;
                squares += value * value;
            }
            lengths[v] = Math.sqrt(squares);
            for (int i = 0; i < length; i++) {
                directions[v * length + i] /= Math.max(lengths[v], SHORTEST);
            }
        }
    }

    private double pairs() {
        return Math.max(1, vectors * (vectors - 1.0) / 2);
    }

    private double cosine(int one, int other) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += directions[one * length + i] * directions[other * length + i];
        }
        return sum;
    }

    double mean() {
        double sum = 0;
        for (int one = 0; one < vectors; one++) {
            for (int other = one + 1; other < vectors; other++) {
                sum += Math.abs(cosine(one, other));
            }
        }
        return sum / pairs();
    }

    /** Adds {@code factor d mean / d matrix}. */
    void addGradient(double factor, Tensor gradient) {
        double[] slopes = new double[directions.length];
        for (int one = 0; one < vectors; one++) {
            for (int other = one + 1; other < vectors; other++) {
                double sign = Math.signum(cosine(one, other));
                for (int i = 0; i < length; i++) {
                    slopes[one * length + i] += sign * directions[other * length + i];
                    slopes[other * length + i] += sign * directions[one * length + i];
                }
            }
        }
        for (int v = 0; v < vectors; v++) {
            addGradient(v, factor / pairs(), slopes, gradient);
        }
    }

    /** A direction does not change with the length, so what lies along it is taken out. */
    private void addGradient(int v, double factor, double[] slopes, Tensor gradient) {
        double along = 0;
        for (int i = 0; lengths[v] > SHORTEST && i < length; i++) {
            along += slopes[v * length + i] * directions[v * length + i];
        }
        for (int i = 0; i < length; i++) {
            int at = v * length + i;
            double slope = factor * (slopes[at] - along * directions[at]) / Math.max(lengths[v], SHORTEST);
            long row = ofRows ? v : i;
            long column = ofRows ? i : v;
            gradient.set((float) (gradient.get(row, column) + slope), row, column);
        }
    }
}
