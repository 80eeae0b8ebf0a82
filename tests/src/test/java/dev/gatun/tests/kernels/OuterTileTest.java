package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernel4x64;
import dev.gatun.engine.kernel.MicroKernelEdges;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each outer-product tile against its scalar twin, at every place of a strip of 16 that it may stand. */
final class OuterTileTest {

    private static final long PANEL = 256;
    private static final long STRIP = 64;

    /** A tile call: A, B and C at bases 0, 1 and 2; A's first column stands at {@code aBytes}. */
    private record Call(Guarded g, long aBytes, int rows) {}

    /** A tile for vectors of 16 floats. */
    private interface WideTile {
        void run(MemorySegment a, long aBytes, MemorySegment b, long bBytes, MemorySegment c, long cBytes, int rows);
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.TileTest#depths")
    void quadTiles(int rows) {
        checkWide(rows, 4, 64, PANEL, MicroKernel4x64::outer4x4);
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.TileTest#depths")
    void stripTiles(int rows) {
        checkWide(rows, 8, 16, STRIP, MicroKernelEdges::outer8x16);
    }

    private static void checkWide(int rows, int height, int width, long row, WideTile tile) {
        assumeTrue(Lanes.LANES == 16, "the tile is for vectors of 16 floats; this JVM has " + Lanes.LANES);
        check(rows, height, width, row, t -> tile.run(
                t.g.segment(), t.aBytes, t.g.segment(), t.g.base(1), t.g.segment(), t.g.base(2), t.rows));
    }

    @ParameterizedTest
    @MethodSource("dev.gatun.tests.kernels.TileTest#depths")
    void pairTiles(int rows) {
        for (long row : new long[] {PANEL, STRIP}) {
            if (MicroKernel6x2.WIDTH * Float.BYTES <= row) {
                check(rows, 6, MicroKernel6x2.WIDTH, row,
                        t -> MicroKernel6x2.outer6x2(t.g.segment(), t.aBytes, t.g.segment(),
                                t.g.base(1), row, t.g.segment(), t.g.base(2), row, t.rows));
                check(rows, 4, MicroKernel6x2.WIDTH, row,
                        t -> MicroKernel6x2.outer4x2(t.g.segment(), t.aBytes, t.g.segment(),
                                t.g.base(1), row, t.g.segment(), t.g.base(2), row, t.rows));
            }
        }
    }

    private static void check(int rows, int height, int width, long row, Consumer<Call> tile) {
        int rowFloats = (int) row / Float.BYTES;
        for (int column = 0; column <= 16 - height; column++) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {
                    Bits.numbers(rows * 16, 1), Bits.numbers(rows * rowFloats, 2), Bits.numbers(height * rowFloats, 3)};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                long x = (long) column * Float.BYTES;
                tile.accept(new Call(simd, simd.base(0) + x, rows));
                ScalarTiles.outer(scalar.segment(), scalar.base(0) + x, scalar.segment(), scalar.base(1), row,
                        scalar.segment(), scalar.base(2), row, rows, height, width);
                simd.checkSame(scalar, height + " x " + width + ", " + rows + " rows, column " + column);
            }
        }
    }
}
