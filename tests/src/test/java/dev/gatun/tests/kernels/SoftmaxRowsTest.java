package dev.gatun.tests.kernels;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.kernel.scalar.ScalarMath;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax of a row and its gradient against their formulas, bit for bit, with canaries; nothing behind the row is touched. */
final class SoftmaxRowsTest {

    private static final ActivationFormula SOFTMAX = ActivationFormula.of("softmax");

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void eachElementIsItsShare(int columns) {
        check(Bits.numbers(columns, 1), "numbers");
        check(Bits.anyNumbers(columns, 2), "any numbers");
        float[] hidden = Bits.numbers(columns, 3);
        for (int i = 0; i < columns; i += 3) {
            hidden[i] = Float.NEGATIVE_INFINITY;
        }
        check(hidden, "hidden");
        float[] far = Bits.numbers(columns, 4);
        for (int i = 0; i < columns; i++) {
            far[i] *= 60;
        }
        check(far, "far apart");
    }

    private static void check(float[] x, String what) {
        float[] expected = softmax(x);
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, new float[x.length], x);
            RowActivation.forward(SOFTMAX, memory.segment(), memory.base(1), memory.segment(), memory.base(0),
                    x.length);
            memory.checkSame(Guarded.of(arena, expected, x), what + ", " + x.length + " columns");
            Guarded inPlace = Guarded.of(arena, x);
            RowActivation.forward(SOFTMAX, inPlace.segment(), inPlace.base(0), inPlace.segment(), inPlace.base(0),
                    x.length);
            inPlace.checkSame(Guarded.of(arena, expected), what + " in place, " + x.length + " columns");
        }
    }

    private static float[] softmax(float[] x) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : x) {
            largest = Math.max(largest, value);
        }
        float[] y = new float[x.length];
        float sum = 0;
        for (int i = 0; i < x.length; i++) {
            y[i] = ScalarMath.exp(x[i] - largest);
            sum += y[i];
        }
        for (int i = 0; i < x.length; i++) {
            y[i] /= sum;
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void theGradientIsItsFormula(int columns) {
        float[] y = softmax(Bits.numbers(columns, 5));
        float[] dy = Bits.numbers(columns, 6);
        float sum = 0;
        for (int i = 0; i < columns; i++) {
            sum = Math.fma(dy[i], y[i], sum);
        }
        float[] expected = new float[columns];
        for (int i = 0; i < columns; i++) {
            expected[i] = y[i] * (dy[i] - sum);
        }
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, new float[columns], y, dy);
            RowActivation.backward(SOFTMAX, memory.segment(), memory.base(1), memory.base(1), memory.base(2),
                    memory.base(0), columns);
            memory.checkSame(Guarded.of(arena, expected, y, dy), columns + " columns");
            Guarded inPlace = Guarded.of(arena, dy, y);
            RowActivation.backward(SOFTMAX, inPlace.segment(), inPlace.base(1), inPlace.base(1), inPlace.base(0),
                    inPlace.base(0), columns);
            inPlace.checkSame(Guarded.of(arena, expected, y), columns + " columns, in place");
        }
    }
}
