package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel1x8;
import dev.gatun.engine.kernel.MicroKernel4x4;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each product tile against its scalar twin, over some strips, C and start whole and in strips, from a bias and from C. */
final class TileTest {

    /** A tile whose chains may begin in another product. */
    private interface Tile {
        void run(
                TilePlaces before, long x, long w, int depth, TilePlaces places, long a, long b, long c, long s, int k,
                int strips);
    }

    private static final int[] STRIPS = {1, 2, 3, 4, 9};
    private static final int[] DEPTHS = {0, 5, 16};

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
    void fourRowsOfFourStrips(int k) {
        assumeTrue(Lanes.LANES == 16, "the tile is for vectors of 16 floats; this JVM has " + Lanes.LANES);
        for (Form form : Form.values()) {
            for (int depth : DEPTHS) {
                check(k, 4, 4, depth, form,
                        (before, x, w, d, p, a, b, c, s, steps, strips) -> MicroKernel4x4.tile4x4(
                                before, x, w, d, p, a, b, c, s, steps));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("depths")
    void oneRow(int k) {
        for (boolean fromLast : new boolean[] {false, true}) {
            for (int strips : STRIPS) {
                for (Form form : Form.values()) {
                    check(k, 1, strips, 0, form,
                            (before, x, w, d, p, a, b, c, s, steps, count) -> MicroKernel1x8.row(
                                    p, a, b, c, s, steps, count, fromLast));
                }
            }
        }
    }

    private static void check(int k, int rows, Tile tile) {
        for (int strips : STRIPS) {
            for (Form form : Form.values()) {
                for (int depth : DEPTHS) {
                    check(k, rows, strips, depth, form, tile);
                }
            }
        }
    }

    private static void check(int k, int rows, int strips, int depth, Form form, Tile tile) {
        int size = form.row(strips) / 4 * rows * (form == Form.STRIPS ? strips : 1) + 16 * strips;
        try (Arena arena = Arena.ofShared()) {
            float[][] operands = {
                Bits.numbers(rows * (k + 5), 1), Bits.numbers((k + 1) * 16 * strips, 2), Bits.numbers(size, 3),
                Bits.numbers(strips * 16, 4), Bits.numbers(rows * (depth + 5), 5),
                Bits.numbers((depth + 1) * 16 * strips, 6)};
            Guarded simd = Guarded.of(arena, operands);
            Guarded scalar = Guarded.of(arena, operands);
            int start = form == Form.BIAS ? 3 : 2;
            tile.run(form.places(simd, depth, rows, strips), simd.base(4), simd.base(5), depth,
                    form.places(simd, k, rows, strips), simd.base(0), simd.base(1), simd.base(2), simd.base(start), k,
                    strips);
            TilePlaces places = form.places(scalar, k, rows, strips);
            if (depth > 0) {
                ScalarTiles.tile(form.places(scalar, depth, rows, strips), scalar.base(4), scalar.base(5),
                        scalar.base(2), scalar.base(start), depth, rows, strips);
                places = places.inPlace();
                start = 2;
            }
            ScalarTiles.tile(places, scalar.base(0), scalar.base(1), scalar.base(2), scalar.base(start), k, rows,
                    strips);
            simd.checkSame(scalar, rows + " rows, " + strips + " strips, k " + depth + " and " + k + ", " + form);
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
