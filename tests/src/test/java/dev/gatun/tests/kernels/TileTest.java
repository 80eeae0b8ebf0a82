package dev.gatun.tests.kernels;

import dev.gatun.engine.kernel.MicroKernel1x8;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each product tile against its scalar twin, over some strips, C and start whole and in strips, from a bias and from C. */
final class TileTest {

    private interface Tile {
        void run(TilePlaces places, long a, long b, long c, long s, int k, int strips);
    }

    static IntStream depths() {
        return IntStream.concat(IntStream.of(0, 300), Sizes.any());
    }

    @ParameterizedTest
    @MethodSource("depths")
    void sixRows(int k) {
        check(k, 6, MicroKernel6x2::tile6x2);
    }

    @ParameterizedTest
    @MethodSource("depths")
    void fiveRows(int k) {
        check(k, 5, MicroKernel6x2::tile5x2);
    }

    @ParameterizedTest
    @MethodSource("depths")
    void fourRows(int k) {
        check(k, 4, MicroKernel6x2::tile4x2);
    }

    @ParameterizedTest
    @MethodSource("depths")
    void oneRow(int k) {
        check(k, 1, (p, a, b, c, s, depth, strips) -> MicroKernel1x8.row(p, a, b, c, s, depth, strips, false));
        check(k, 1, (p, a, b, c, s, depth, strips) -> MicroKernel1x8.row(p, a, b, c, s, depth, strips, true));
    }

    private static void check(int k, int rows, Tile tile) {
        for (int strips : new int[] {1, 2, 3, 4, 9}) {
            for (Form form : Form.values()) {
                check(k, rows, strips, form, tile);
            }
        }
    }

    private static void check(int k, int rows, int strips, Form form, Tile tile) {
        int size = form.row(strips) / 4 * rows * (form == Form.STRIPS ? strips : 1) + 16 * strips;
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {
                Bits.numbers(rows * (k + 5), 1), Bits.numbers((k + 1) * 16 * strips, 2), Bits.numbers(size, 3),
                Bits.numbers(strips * 16, 4)};
            Guarded simd = Guarded.of(arena, operands);
            Guarded scalar = Guarded.of(arena, operands);
            int start = form == Form.BIAS ? 3 : 2;
            tile.run(form.places(simd, k, rows, strips), simd.base(0), simd.base(1), simd.base(2), simd.base(start), k,
                    strips);
            ScalarTiles.tile(form.places(scalar, k, rows, strips), scalar.base(0), scalar.base(1), scalar.base(2),
                    scalar.base(start), k, rows, strips);
            simd.checkSame(scalar, rows + " rows, " + strips + " strips, k " + k + ", " + form);
        }
    }

    /** How C lies, and where chains begin: C whole from a bias, C whole from C, and C in strips from C. */
    private enum Form {
        BIAS, WHOLE, STRIPS;

        int row(int strips) {
            return this == STRIPS ? 64 : (strips + 1) * 64;
        }

        TilePlaces places(Guarded g, int k, int rows, int strips) {
            var w = g.segment();
            long cRow = row(strips);
            long cStrip = this == STRIPS ? (rows + 1) * 64L : 64;
            return new TilePlaces(w, (k + 5) * 4L, w, 64, (k + 1) * 64L, w, cRow, cStrip, w, this == BIAS ? 0 : cRow,
                    this == BIAS ? 64 : cStrip);
        }
    }
}
