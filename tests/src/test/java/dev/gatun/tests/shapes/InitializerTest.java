package dev.gatun.tests.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Initializer;
import dev.gatun.layers.Initializer.VarianceScaling;
import dev.gatun.layers.InitializerConfig;
import dev.gatun.memory.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** First weights: bounds, moments and orthogonality as the formulas say, and refusals of what makes no sense. */
class InitializerTest {

    private static float[] fill(Initializer initializer, long... dims) {
        Tensor tensor = Tensor.zeros(dims);
        initializer.fill(tensor, 42, 7);
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

    /** Keras's fans of weights of any rank: fields of a convolution count on both sides. */
    @ParameterizedTest
    @CsvSource({"40, 40, 40", "30 50, 30, 50", "3 20 40, 60, 120", "2 3 10 20, 60, 120"})
    void fansOfEveryRank(String dims, double fanIn, double fanOut) {
        long[] shape = Arrays.stream(dims.split(" ")).mapToLong(Long::parseLong).toArray();
        Tensor target = Tensor.zeros(shape);
        Initializer.GLOROT_UNIFORM.fill(target, 3, 0);
        double limit = Math.sqrt(6 / (fanIn + fanOut));
        double largest = 0;
        for (float value : target.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest <= limit && largest > limit * (1 - 10.0 / target.toArray().length - 0.1),
                largest + " of " + limit);
        Initializer.HE_UNIFORM.fill(target, 3, 0);
        for (float value : target.toArray()) {
            assertTrue(Math.abs(value) <= Math.sqrt(6 / fanIn), dims);
        }
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
    void normalNumbersThatAreNotCutHaveTheVarianceToo() {
        Map<String, Object> config = Map.of("scale", 2.0, "mode", "fan_in", "distribution", "untruncated_normal");
        Initializer initializer = InitializerConfig.of("VarianceScaling", config);
        assertEquals(config, initializer.config());
        float[] values = fill(initializer, 100, 300);
        double deviation = Math.sqrt(2.0 / 100);
        moments(values, 0, deviation);
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 3 * deviation, "largest " + largest);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "2, 8", "5, 2"})
    void identity(int rows, int columns) {
        float[] matrix = fill(InitializerConfig.of("Identity", Map.of("gain", 2.5)), rows, columns);
        for (int i = 0; i < matrix.length; i++) {
            assertEquals(i / columns == i % columns ? 2.5f : 0, matrix[i], "number " + i);
        }
        refused(() -> fill(Initializer.IDENTITY, 4), "two axes");
        refused(() -> new Initializer.Identity(Double.NaN), "Identity", "gain must be finite");
    }

    @Test
    void givenMoments() {
        moments(fill(new Initializer.RandomNormal(3, 0.5f, false), 100, 300), 3, 0.5);
        moments(fill(new Initializer.RandomUniform(-1, 5), 100, 300), 2, 6 / Math.sqrt(12));
        for (float value : fill(new Initializer.Constant(0.25f), 3, 4)) {
            assertEquals(0.25f, value);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aVarianceNeedsAScaleAboveZero(double scale) {
        refused(() -> new VarianceScaling(scale, VarianceScaling.Fan.IN, VarianceScaling.Distribution.UNIFORM),
                "VarianceScaling", "scale must be positive and finite", String.valueOf(scale));
        refused(() -> InitializerConfig.of("VarianceScaling", Map.of("scale", scale)), "VarianceScaling", "scale");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsBeginAsNumbers(float bad) {
        String got = String.valueOf(bad);
        refused(() -> new Initializer.Constant(bad), "Constant", "value must be finite", got);
        refused(() -> new Initializer.RandomUniform(bad, 1), "RandomUniform", "minimum (minval)", got);
        refused(() -> new Initializer.RandomUniform(0, bad), "RandomUniform", "maximum (maxval)", got);
        refused(() -> new Initializer.RandomNormal(bad, 1, true), "RandomNormal", "mean must be finite", got);
        refused(() -> new Initializer.RandomNormal(0, bad, false), "RandomNormal", "deviation (stddev)", got);
        refused(() -> new Initializer.Orthogonal(bad), "Orthogonal", "gain must be finite", got);
    }

    @Test
    void limitsAndDeviationsThatMakeNoSense() {
        refused(() -> new Initializer.RandomUniform(1, 0.5f), "1.0 is above the maximum (maxval) 0.5", "exchange");
        refused(() -> new Initializer.RandomUniform(-3e38f, 3e38f), "too far", "apart");
        refused(() -> new Initializer.RandomNormal(0, -0.5f, true), "not negative", "-0.5");
        refused(() -> InitializerConfig.of("Constant", Map.of("value", 1e300)), "Constant", "finite", "Infinity");
        assertTrue(assertThrows(NullPointerException.class, () -> InitializerConfig.of(null, Map.of())).getMessage()
                .contains("GlorotUniform"));
    }

    /** Where the two ends meet there is nothing to draw, which Keras allows too. */
    @Test
    void aSpreadOfNothingIsAllowed() {
        for (Initializer initializer : List.of(new Initializer.RandomUniform(2, 2),
                new Initializer.RandomNormal(2, 0, true), new Initializer.Constant(2))) {
            for (float value : fill(initializer, 3, 4)) {
                assertEquals(2f, value);
            }
        }
    }

    private static void refused(Executable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
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
