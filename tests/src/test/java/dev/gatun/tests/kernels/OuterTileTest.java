package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel4x4;
import dev.gatun.engine.kernel.OuterKernel6x2;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each outer-product tile against its scalar twin, at every place of a strip of 16 that it may stand, over some strips. */
final class OuterTileTest {

    private interface Tile {
        void run(TilePlaces places, long a, long b, long c, int rows, int strips);
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.TileTest#depths")
    void sixColumnsAndFive(int rows) {
        check(rows, 6, OuterKernel6x2::outer6x2);
        check(rows, 5, OuterKernel6x2::outer5x2);
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.TileTest#depths")
    void fourColumnsOfFourStrips(int rows) {
        assumeTrue(Lanes.LANES == 16, "the tile is for vectors of 16 floats; this JVM has " + Lanes.LANES);
        check(rows, 4, 4, (places, a, b, c, count, strips) -> MicroKernel4x4.outer4x4(places, a, b, c, count));
    }

    private static void check(int rows, int height, Tile tile) {
        for (int strips = 1; strips <= 3; strips++) {
            check(rows, height, strips, tile);
        }
    }

    private static void check(int rows, int height, int strips, Tile tile) {
        for (int column = 0; column <= 16 - height; column++) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {
                    Bits.numbers(rows * 16, 1), Bits.numbers(strips * (rows + 1) * 16, 2),
                    Bits.numbers(strips * 7 * 16, 3)};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                long x = (long) column * Float.BYTES;
                tile.run(places(simd, rows), simd.base(0) + x, simd.base(1), simd.base(2), rows, strips);
                ScalarTiles.outer(places(scalar, rows), scalar.base(0) + x, scalar.base(1), scalar.base(2), rows,
                        height, strips);
                simd.checkSame(scalar, height + " columns, " + rows + " rows, from " + column);
            }
        }
    }

    private static TilePlaces places(Guarded g, int rows) {
        var w = g.segment();
        return new TilePlaces(w, 64, w, 64, (rows + 1) * 64L, w, 64, 7 * 64, w, 64, 7 * 64);
    }
}
