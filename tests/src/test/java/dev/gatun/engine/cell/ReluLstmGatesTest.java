package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.ReluLstmGates;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.kernels.Guarded;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SIMD gates with relu against the path of any functions, bit for bit, with canaries; strides longer than rows. */
final class ReluLstmGatesTest {

    private static final int Z = 80;
    private static final int C = 48;
    private static final int H = 32;
    private static final CellFunctions RELU = new CellFunctions(ActivationFormula.RELU, ActivationFormula.SIGMOID);

    /** The four gates of a row side by side, and each gate's rows for themselves. */
    private static List<LstmStrides> layouts(int rows) {
        return List.of(
                new LstmStrides(64, Z * 4L, C * 4L, H * 4L, H * 4L, C * 4L, 0),
                new LstmStrides(rows * 80L, 80, C * 4L, H * 4L, H * 4L, C * 4L, 0));
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void forwardAndBackward(int rows) {
        for (LstmStrides strides : layouts(rows)) {
            for (boolean any : new boolean[] {false, true}) {
                // Forward may write the state over the one before; backward needs both.
                passes(rows, strides, any, 1);
                passes(rows, strides, any, 2);
            }
        }
    }

    private static void passes(int rows, LstmStrides strides, boolean any, int next) {
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {numbers(rows * Z, 1, any), numbers(rows * C, 2, any), numbers(rows * C, 3, any),
                new float[rows * H], numbers(rows * H, 4, any), numbers(rows * C, 5, any)};
            Guarded simd = Guarded.of(arena, operands);
            Guarded twin = Guarded.of(arena, operands);
            ReluLstmGates.forward(
                    simd.segment(), strides, simd.base(0), simd.base(1), simd.base(next), simd.base(3), rows);
            GenericLstmGates.forward(RELU, twin.segment(), strides, twin.base(0), GenericLstmGates.NONE, twin.base(1),
                    twin.base(next), twin.base(3), rows);
            simd.checkSame(twin, rows + " rows" + (any ? " of any numbers" : ""));
            ReluLstmGates.backward(simd.segment(), strides, simd.base(0), simd.base(1), simd.base(2), simd.base(4),
                    simd.base(5), rows);
            GenericLstmGates.backward(RELU, twin.segment(), strides, twin.base(0), GenericLstmGates.NONE,
                    twin.base(1), twin.base(2), twin.base(4), twin.base(5), rows);
            simd.checkSame(twin, rows + " rows" + (any ? " of any numbers" : "") + ", backward");
        }
    }

    private static float[] numbers(int count, long seed, boolean any) {
        return any ? Bits.anyNumbers(count, seed) : Bits.numbers(count, seed);
    }
}
