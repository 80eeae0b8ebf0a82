package dev.gatun.tests.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Initializer;
import dev.gatun.memory.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First weights: bounds, moments and orthogonality as the formulas say. */
class InitializerTest {

    private static float[] fill(Initializer initializer, long... dims) {
        Tensor tensor = Tensor.zeros(dims);
        initializer.fill(tensor, new Philox(42, 7));
        return tensor.toArray();
    }

    /** Rows of a wide matrix, columns of a tall one, are orthonormal times the gain. */
    @ParameterizedTest
    @CsvSource({"1, 4, 1", "5, 20, 1", "64, 256, 1", "20, 5, 1", "7, 7, 2.5"})
    void orthogonal(int rows, int columns, double gain) {
        float[] matrix = fill(new Initializer.Orthogonal(gain), rows, columns);
        boolean wide = rows <= columns;
        int count = Math.min(rows, columns);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    dot += (double) (wide ? matrix[i * columns + k] : matrix[k * columns + i])
                            * (wide ? matrix[j * columns + k] : matrix[k * columns + j]);
                }
                assertEquals(i == j ? gain * gain : 0, dot, 1e-6 * gain * gain, i + " and " + j);
            }
        }
    }

    /** Uniform in +-sqrt(6 / (fan in + fan out)) over the whole [I,4U], as Keras counts fans. */
    @Test
    void glorotUniform() {
        double limit = Math.sqrt(6.0 / (50 + 400));
        float[] values = fill(Initializer.GLOROT_UNIFORM, 50, 400);
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest <= limit && largest > 0.999 * limit, largest + " of " + limit);
        moments(values, 0, limit / Math.sqrt(3));
    }

    @Test
    void theNormalOnesAreCutAtTwoDeviationsAndKeepTheirVariance() {
        double deviation = Math.sqrt(2.0 / 100);
        float[] values = fill(Initializer.HE_NORMAL, 100, 300);
        for (float value : values) {
            assertTrue(Math.abs(value) <= 2 * deviation / 0.8796256610342398, "value " + value);
        }
        moments(values, 0, deviation);
    }

    @Test
    void givenMoments() {
        moments(fill(new Initializer.RandomNormal(3, 0.5f, false), 100, 300), 3, 0.5);
        moments(fill(new Initializer.RandomUniform(-1, 5), 100, 300), 2, 6 / Math.sqrt(12));
        for (float value : fill(new Initializer.Constant(0.25f), 3, 4)) {
            assertEquals(0.25f, value);
        }
    }

    /** Within five standard errors. */
    private static void moments(float[] values, double mean, double deviation) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (value - mean) * (value - mean);
        }
        double error = 5 * deviation / Math.sqrt(values.length);
        assertEquals(mean, sum / values.length, error);
        assertEquals(deviation, Math.sqrt(squares / values.length), error);
    }
}
