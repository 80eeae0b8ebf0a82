package dev.gatun.tests.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.kernels.Guarded;
import dev.gatun.tests.kernels.Sizes;
import dev.gatun.tests.reference.RefActivation;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation function, value and derivative, against double precision. */
final class ActivationTest {

    /** What a user names is what the engine computes: the same constants, found by the same words. */
    @Test
    void everyFunctionHasItsFormula() {
        for (ActivationFunction function : ActivationFunction.all()) {
            assertEquals(function, ActivationFunction.of(function.keyword()));
            ActivationFormula formula = ActivationFormula.of(function.keyword());
            assertEquals(function.keyword(), formula.kind().keyword());
            assertEquals(formula.isElementwise(), function.isElementwise());
        }
        assertEquals(ActivationFunction.SILU, ActivationFunction.of("swish"));
        String said = assertThrows(IllegalArgumentException.class, () -> ActivationFunction.of("mush")).getMessage();
        assertTrue(said.contains("mush") && said.contains("leaky_relu"), said);
    }

    private static List<ActivationFormula> formulas() {
        return ActivationFunction.all().stream().map(function -> ActivationFormula.of(function.keyword())).toList();
    }

    private static List<ActivationFormula> elementwise() {
        return formulas().stream().filter(ActivationFormula::isElementwise).toList();
    }

    private static RefActivation reference(ActivationFormula formula) {
        return RefActivation.of(ActivationFunction.of(formula.kind().keyword()));
    }

    @ParameterizedTest
    @MethodSource("elementwise")
    void valueAndDerivativeOfOneNumber(ActivationFormula function) {
        RefActivation reference = reference(function);
        for (double x = -12; x <= 12; x += 0.0137) {
            float at = (float) x;
            if (reference.kinkDistance(at) < 1e-4) {
                continue;
            }
            float y = function.value(at);
            close(reference.value(at), y, function + "(" + at + ")");
            float slope = function.derivative(function.derivativeNeedsInput() ? at : Float.NaN, y);
            // From y alone a slope near 0 is known as well as 1 - y can be: to an ulp of 1, and times x where that is a factor.
            double factor = function.derivativeNeedsInput() ? Math.max(1, Math.abs(at)) : 1;
            close(reference.derivative(at) / factor, slope / factor, function + "'(" + at + ")");
        }
    }

    private static void close(double expected, double got, String what) {
        assertEquals(expected, got, 5e-7 * Math.max(1, Math.abs(expected)), what);
    }

    /** A function passes NaN on and gives no NaN for a number, at the ends of the line too. */
    @ParameterizedTest
    @MethodSource("elementwise")
    void endsOfTheLine(ActivationFormula function) {
        RefActivation reference = reference(function);
        assertEquals(Float.NaN, function.value(Float.NaN));
        for (float x : new float[] {0f, -0f, 1e30f, -1e30f, Float.MIN_VALUE, -Float.MIN_VALUE}) {
            assertEquals((float) reference.value(x), function.value(x), 1e-6f * Math.abs(function.value(x)) + 1e-12f,
                    function + "(" + x + ")");
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void rowsForwardAndBackward(ActivationFormula function) {
        Sizes.any().forEach(columns -> rows(function, columns));
    }

    private static void rows(ActivationFormula function, int columns) {
        int padded = Strips.padded(columns);
        RefActivation reference = reference(function);
        float[] x = Arrays.copyOf(EnginePass.uniform(columns, 4, 1), padded);
        float[] dy = Arrays.copyOf(EnginePass.uniform(columns, 1, 2), padded);
        double[] wide = new double[columns];
        double[] cotangent = new double[columns];
        Arrays.setAll(wide, i -> x[i]);
        Arrays.setAll(cotangent, i -> dy[i]);
        try (Arena arena = Arena.ofShared()) {
            Guarded g = Guarded.of(arena, x, new float[padded], dy);
            RowActivation.forward(function, g.segment(), g.base(0), g.segment(), g.base(1), columns);
            String what = function + " of " + columns;
            Measure.within(1e-6, what + " forward", Arrays.copyOf(g.values(1), columns), reference.row(wide));
            RowActivation.backward(function, g.segment(), g.base(0), g.base(1), g.base(2), g.base(2), columns);
            Measure.within(1e-5, what + " backward", Arrays.copyOf(g.values(2), columns),
                    reference.rowGradient(wide, cotangent));
            g.checkCanaries(what);
            for (int i = columns; i < padded; i++) {
                assertEquals(0f, g.values(2)[i], "paddings of gradients stay zero");
            }
        }
    }

    /** A row with an infinity has no nearest probabilities, and no loop without end. */
    @Test
    void sparsemaxAtTheEndsOfTheLine() {
        float[][] rows = {{1f, Float.POSITIVE_INFINITY}, {1f, Float.NaN}, {Float.NEGATIVE_INFINITY, 0.25f},
            {3e38f, -3e38f}};
        float[][] expected = {{Float.NaN, Float.NaN}, {Float.NaN, Float.NaN}, {0f, 1f}, {1f, 0f}};
        try (Arena arena = Arena.ofShared()) {
            for (int i = 0; i < rows.length; i++) {
                Guarded g = Guarded.of(arena, Arrays.copyOf(rows[i], 16), new float[16]);
                RowActivation.forward(ActivationFormula.of("sparsemax"), g.segment(), g.base(0), g.segment(), g.base(1),
                        2);
                assertEquals(expected[i][0], g.values(1)[0], 0.3f, Arrays.toString(rows[i]));
                assertEquals(expected[i][1], g.values(1)[1], 0.3f, Arrays.toString(rows[i]));
            }
        }
    }
}
