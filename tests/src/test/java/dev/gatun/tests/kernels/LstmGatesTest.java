package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused gates against their scalar twin, bit for bit; strides are longer than rows, as inside a layer. */
final class LstmGatesTest {

    private static final int Z = 80;
    private static final int C = 48;
    private static final int H = 32;

    /** The four gates of a row side by side, and each gate's rows for themselves. */
    private static List<LstmStrides> layouts(int rows) {
        return List.of(
                new LstmStrides(64, Z * 4L, C * 4L, H * 4L, H * 4L, C * 4L, H * 4L),
                new LstmStrides(rows * 80L, 80, C * 4L, H * 4L, H * 4L, C * 4L, H * 4L));
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void forward(int rows) {
        for (LstmStrides strides : layouts(rows)) {
            forward(rows, strides, false);
            forward(rows, strides, true);
        }
    }

    private static void forward(int rows, LstmStrides strides, boolean any) {
        for (boolean inPlace : new boolean[] {false, true}) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {fill(rows * Z, 1, any, 4), fill(rows * C, 2, any, 1), new float[rows * C],
                    new float[rows * H]};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                int next = inPlace ? 1 : 2;
                LstmGates.forward(simd.segment(), strides, simd.base(0), simd.base(1), simd.base(next),
                        simd.base(3), rows);
                ScalarLstmGates.forward(scalar.segment(), strides, scalar.base(0), scalar.base(1),
                        scalar.base(next), scalar.base(3), rows);
                simd.checkSame(scalar, rows + " rows");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.Sizes#any")
    void backward(int rows) {
        for (LstmStrides strides : layouts(rows)) {
            backward(rows, strides, false);
            backward(rows, strides, true);
        }
    }

    private static void backward(int rows, LstmStrides strides, boolean any) {
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {fill(rows * Z, 1, any, 1), fill(rows * C, 2, any, 1), fill(rows * C, 3, any, 1),
                fill(rows * H, 4, any, 1), fill(rows * C, 5, any, 1), new float[rows * H]};
            Guarded simd = Guarded.of(arena, operands);
            Guarded scalar = Guarded.of(arena, operands);
            LstmGates.backward(simd.segment(), strides, simd.base(0), simd.base(1), simd.base(2), simd.base(3),
                    simd.base(4), simd.base(5), rows);
            ScalarLstmGates.backward(scalar.segment(), strides, scalar.base(0), scalar.base(1), scalar.base(2),
                    scalar.base(3), scalar.base(4), scalar.base(5), rows);
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
