package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One step of k against the scalar tile, from a bias and from C itself. */
final class RankOneTest {

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 16", "2, 64", "7, 16", "13, 64"})
    void simdIsScalar(int rows, int width) {
        int stride = width + 16;
        for (boolean fromC : new boolean[] {false, true}) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {
                    Bits.anyNumbers(rows * 5, 1), Bits.anyNumbers(width, 2), Bits.anyNumbers(rows * stride, 3),
                    Bits.anyNumbers(width, 4)};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                int start = fromC ? 2 : 3;
                long startRow = fromC ? stride * 4L : 0;
                MicroKernelDepth1.add(simd.segment(), simd.base(0), 20, simd.segment(), simd.base(1), simd.segment(),
                        simd.base(2), stride * 4L, simd.segment(), simd.base(start), startRow, rows, width);
                ScalarTiles.tile(scalar.segment(), scalar.base(0), 20, scalar.segment(), scalar.base(1),
                        scalar.segment(), scalar.base(2), stride * 4L, scalar.segment(), scalar.base(start), startRow,
                        1, rows, width);
                simd.checkSame(scalar, rows + " x " + width + (fromC ? " from C" : " from a bias"));
            }
        }
    }
}
