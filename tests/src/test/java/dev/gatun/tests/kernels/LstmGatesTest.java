package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused gates against their scalar twin, bit for bit; strides are longer than rows, as inside a layer. */
final class LstmGatesTest {

    private static final int Z = 80;
    private static final int C = 48;
    private static final int H = 32;

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void forward(int rows) {
        forward(rows, false);
        forward(rows, true);
    }

    private static void forward(int rows, boolean any) {
        for (boolean inPlace : new boolean[] {false, true}) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {fill(rows * Z, 1, any, 4), fill(rows * C, 2, any, 1), new float[rows * C],
                    new float[rows * H]};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                int next = inPlace ? 1 : 2;
                LstmGates.forward(simd.segment(), simd.base(0), Z * 4L, simd.base(1), simd.base(next), C * 4L,
                        simd.base(3), H * 4L, rows);
                ScalarLstmGates.forward(scalar.segment(), scalar.base(0), Z * 4L, scalar.base(1), scalar.base(next),
                        C * 4L, scalar.base(3), H * 4L, rows);
                simd.checkSame(scalar, rows + " rows");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void backward(int rows) {
        backward(rows, false);
        backward(rows, true);
    }

    private static void backward(int rows, boolean any) {
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {fill(rows * Z, 1, any, 1), fill(rows * C, 2, any, 1), fill(rows * C, 3, any, 1),
                fill(rows * H, 4, any, 1), fill(rows * C, 5, any, 1), new float[rows * H]};
            Guarded simd = Guarded.of(arena, operands);
            Guarded scalar = Guarded.of(arena, operands);
            LstmGates.backward(simd.segment(), simd.base(0), Z * 4L, simd.base(1), simd.base(2), C * 4L, simd.base(3),
                    H * 4L, simd.base(4), C * 4L, simd.base(5), H * 4L, rows);
            ScalarLstmGates.backward(scalar.segment(), scalar.base(0), Z * 4L, scalar.base(1), scalar.base(2), C * 4L,
                    scalar.base(3), H * 4L, scalar.base(4), C * 4L, scalar.base(5), H * 4L, rows);
            simd.checkSame(scalar, rows + " rows");
        }
    }

    private static float[] fill(int count, long seed, boolean any, float scale) {
        float[] values = any ? Bits.anyNumbers(count, seed) : Bits.numbers(count, seed);
        for (int i = 0; i < count; i++) {
            values[i] *= scale;
        }
        return values;
    }
}
