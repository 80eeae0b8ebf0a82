package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKernels;
import dev.gatun.engine.function.ActivationKind;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function that has a SIMD kernel against its formula, bit for bit; strides are longer than rows, as inside a layer. */
final class ActivationKernelsTest {

    private static final int X = 48;
    private static final int Y = 32;
    private static final int COLUMNS = 16;
    private static final float[] EDGES = {
        0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1f, -1f, 2.5f, -2.5f, 3f, -3f, Math.nextUp(3f), Math.nextUp(-3f),
        6f,
        Math.nextUp(6f), Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.MAX_VALUE,
        -Float.MAX_VALUE};

    static Stream<ActivationFormula> functions() {
        return Stream.concat(
                Stream.of(ActivationKind.values()).filter(kind -> kind != ActivationKind.THRESHOLD)
                        .map(ActivationFormula::of),
                Stream.of(ActivationFormula.of(ActivationKind.LEAKY_RELU, 0.5f))).filter(ActivationKernels::has);
    }

    @Test
    void theFunctionsOfAFewOperationsHaveOne() {
        assertEquals(List.of("linear", "tanh", "sigmoid", "relu", "relu6", "leaky_relu", "softsign", "hard_sigmoid",
                "hard_sigmoid_keras2", "exponential", "silu", "hard_tanh", "hard_silu", "leaky_relu[0.5]"),
                functions().map(ActivationFormula::toString).toList());
    }

    @Test
    void functionsOfOtherArgumentsHaveNone() {
        assertEquals(false, ActivationKernels.has(ActivationFormula.of(ActivationKind.RELU, 0f, 6f, 1f)));
        assertEquals(false, ActivationKernels.has(ActivationFormula.TANH.clipped(3)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void eachIsItsFormula(ActivationFormula function) {
        for (int rows : Sizes.any().toArray()) {
            check(function, Bits.numbers(rows * X, 1), rows);
            check(function, Bits.anyNumbers(rows * X, 2), rows);
        }
        float[] edges = new float[2 * X];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = EDGES[i % EDGES.length];
        }
        check(function, edges, 2);
    }

    private static void check(ActivationFormula function, float[] x, int rows) {
        float[] apart = new float[rows * Y];
        float[] inPlace = x.clone();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                float y = function.value(x[row * X + column]);
                apart[row * Y + column] = y;
                inPlace[row * X + column] = y;
            }
        }
        try (Arena arena = Arena.ofShared()) {
            Guarded memory = Guarded.of(arena, new float[rows * Y], x);
            ActivationKernels.forward(function, memory.segment(), memory.base(1), X * 4L, memory.segment(),
                    memory.base(0), Y * 4L, rows);
            memory.checkSame(Guarded.of(arena, apart, x), function + ", " + rows + " rows");
            Guarded same = Guarded.of(arena, x);
            ActivationKernels.forward(function, same.segment(), same.base(0), X * 4L, same.segment(), same.base(0),
                    X * 4L, rows);
            same.checkSame(Guarded.of(arena, inPlace), function + " in place, " + rows + " rows");
        }
    }
}
