package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import java.lang.foreign.Arena;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused gates against their scalar twin, bit for bit; strides are longer than rows, as inside a layer. */
final class LstmGatesTest {

    private static final int Z = 80;
    private static final int C = 48;
    private static final int H = 32;

    /**
     * What is computed.
     *
     * @param any whether numbers may be NaN, infinite, or of any size
     */
    private record Case(int rows, LstmStrides strides, boolean any) {

        float[] fill(int width, long seed, float scale) {
            float[] values = any ? Bits.anyNumbers(rows * width, seed) : Bits.numbers(rows * width, seed);
            for (int i = 0; i < values.length; i++) {
                values[i] *= scale;
            }
            return values;
        }
    }

    /** The four gates of a row side by side, and each gate's rows for themselves. */
    static Stream<Case> cases() {
        return Sizes.any().boxed().flatMap(rows -> Stream.of(
                new LstmStrides(64, Z * 4L, C * 4L, H * 4L, H * 4L, C * 4L, H * 4L),
                new LstmStrides(rows * 80L, 80, C * 4L, H * 4L, H * 4L, C * 4L, H * 4L))
                .flatMap(strides -> Stream.of(new Case(rows, strides, false), new Case(rows, strides, true))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forward(Case given) {
        int rows = given.rows;
        for (boolean inPlace : new boolean[] {false, true}) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {given.fill(Z, 1, 4), given.fill(C, 2, 1), new float[rows * C],
                    new float[rows * H]};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                int next = inPlace ? 1 : 2;
                LstmGates.forward(simd.segment(), given.strides, simd.base(0), simd.base(1), simd.base(next),
                        simd.base(3), rows);
                ScalarLstmGates.forward(scalar.segment(), given.strides, scalar.base(0), scalar.base(1),
                        scalar.base(next), scalar.base(3), rows);
                simd.checkSame(scalar, rows + " rows");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void backward(Case given) {
        int rows = given.rows;
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {given.fill(Z, 1, 1), given.fill(C, 2, 1), given.fill(C, 3, 1), given.fill(H, 4, 1),
                given.fill(C, 5, 1), new float[rows * H]};
            Guarded simd = Guarded.of(arena, operands);
            Guarded scalar = Guarded.of(arena, operands);
            LstmGates.backward(simd.segment(), given.strides, simd.base(0), simd.base(1), simd.base(2), simd.base(3),
                    simd.base(4), simd.base(5), rows);
            ScalarLstmGates.backward(scalar.segment(), given.strides, scalar.base(0), scalar.base(1), scalar.base(2),
                    scalar.base(3), scalar.base(4), scalar.base(5), rows);
            simd.checkSame(scalar, rows + " rows");
        }
    }
}
