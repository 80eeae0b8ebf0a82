package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One step of k against the scalar tile, from a bias and from C itself. */
final class RankOneTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 4", "7, 1", "13, 4", "5, 3"})
    void simdIsScalar(int rows, int strips) {
        for (boolean fromC : new boolean[] {false, true}) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {
                    Bits.anyNumbers(rows * 5, 1), Bits.anyNumbers(strips * 32, 2),
                    Bits.anyNumbers(rows * (strips + 1) * 16, 3), Bits.anyNumbers(strips * 16, 4)};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                int start = fromC ? 2 : 3;
                MicroKernelDepth1.add(places(simd, strips, fromC), simd.base(0), simd.base(1), simd.base(2),
                        simd.base(start), rows, strips);
                ScalarTiles.tile(places(scalar, strips, fromC), scalar.base(0), scalar.base(1), scalar.base(2),
                        scalar.base(start), 1, rows, strips);
                simd.checkSame(scalar, rows + " x " + strips + (fromC ? " from C" : " from a bias"));
            }
        }
    }

    /** Strips of two steps of k, of which the first is taken. */
    private static TilePlaces places(Guarded g, int strips, boolean fromC) {
        var w = g.segment();
        long row = (strips + 1) * 64L;
        return new TilePlaces(w, 20, w, 64, 128, w, row, 64, w, fromC ? row : 0, 64);
    }
}
