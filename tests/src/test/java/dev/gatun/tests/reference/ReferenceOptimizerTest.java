package dev.gatun.tests.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By hand what the fixtures do not hold: AdamW, the full RMSprop, clipping. */
class ReferenceOptimizerTest {
    @Test
    void adamwDecaysFirst() {
        // First step: m = 0.05, v = 0.00025, rate = 0.1 sqrt(0.001)/0.1, so Adam moves by 0.1; the decay by 0.1 * 0.01.
        assertEquals(1 - 0.001 - 0.1, after(RefOptimizer.adamw(0.1, 0.9, 0.999, 0, 0.01), 0.5), 1e-15);
        assertEquals(1 - 0.1, after(RefOptimizer.adam(0.1, 0.9, 0.999, 0), 0.5), 1e-15);
    }

    @Test
    void rmspropInFull() {
        // v = 0.1 * 4 = 0.4, mean = 0.2, centered variance 0.36: the step is 0.1 * 2/0.6.
        assertEquals(1 - 0.2 / 0.6, after(RefOptimizer.rmsprop(0.1, 0.9, 0, 0, true), 2), 1e-15);
        // Second step: v = 0.9 * 0.4 + 0.4 = 0.76, m = 0.5 * 0.2/sqrt(0.4) + 0.2/sqrt(0.76).
        double first = 0.2 / Math.sqrt(0.4);
        double second = 0.5 * first + 0.2 / Math.sqrt(0.76);
        assertEquals(1 - first - second, after(RefOptimizer.rmsprop(0.1, 0.9, 0.5, 0, false), 2, 2), 1e-15);
    }

    @Test
    void clipping() {
        Map<String, double[]> byValue = gradients();
        RefOptimizer.clipByValue(byValue, 3.5);
        assertArrayEquals(new double[] {3, -3.5}, byValue.get("a"));
        Map<String, double[]> byNorm = gradients();
        RefOptimizer.clipByNorm(byNorm, 1);
        assertArrayEquals(new double[] {0.6, -0.8}, byNorm.get("a"), 1e-15);
        assertArrayEquals(new double[] {1}, byNorm.get("b"), 1e-15);
        Map<String, double[]> byGlobalNorm = gradients();
        RefOptimizer.clipByGlobalNorm(byGlobalNorm, 6.5); // the norm of all is 13
        assertArrayEquals(new double[] {1.5, -2}, byGlobalNorm.get("a"), 1e-15);
        assertArrayEquals(new double[] {6}, byGlobalNorm.get("b"), 1e-15);
        RefOptimizer.clipByGlobalNorm(byGlobalNorm, 100);
        assertArrayEquals(new double[] {6}, byGlobalNorm.get("b"), 1e-15);
    }

    private static Map<String, double[]> gradients() {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        gradients.put("a", new double[] {3, -4});
        gradients.put("b", new double[] {12});
        return gradients;
    }

    /** The weight 1 after steps with these gradients. */
    private static double after(RefOptimizer optimizer, double... gradients) {
        double[] w = {1};
        for (double g : gradients) {
            optimizer.step(Map.of("w", w), Map.of("w", new double[] {g}));
        }
        return w[0];
    }
}
