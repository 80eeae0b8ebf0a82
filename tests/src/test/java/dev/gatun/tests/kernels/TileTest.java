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
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each product tile against its scalar twin, also the ones this machine's width does not choose. */
final class TileTest {

    private static final int STRIDE = 80;
    private static final long ROW = STRIDE * 4L;

    /** A tile call: the operands lie at bases 0 (A), 1 (B), 2 (C), 3 (start). */
    private record Call(Guarded g, int k, long startRow) {
        MemorySegment w() {
            return g.segment();
        }
    }

    static IntStream depths() {
        return IntStream.concat(IntStream.of(0, 300), Sizes.any());
    }

    @ParameterizedTest
    @MethodSource("depths")
    void wideTiles(int k) {
        assumeTrue(Lanes.LANES == 16, "wide tiles are for vectors of 16 floats; this JVM has " + Lanes.LANES);
        check(k, 1, 64, 64,
                t -> MicroKernelEdges.tile1x64(t.w(), t.g.base(0), t.w(), t.g.base(1), t.w(), t.g.base(2), t.w(),
                        t.g.base(3), t.k));
        check(k, 8, 16, 16, t -> MicroKernelEdges.tile8x16(t.w(), t.g.base(0), ROW * 4, t.w(), t.g.base(1), t.w(),
                t.g.base(2), ROW, t.w(), t.g.base(3), t.startRow, t.k));
        check(k, 1, 16, 16,
                t -> MicroKernelEdges.tile1x16(t.w(), t.g.base(0), t.w(), t.g.base(1), t.w(), t.g.base(2), t.w(),
                        t.g.base(3), t.k));
    }

    @ParameterizedTest
    @MethodSource("depths")
    void quadTiles(int k) {
        assumeTrue(Lanes.LANES == 16, "quad tiles are for vectors of 16 floats; this JVM has " + Lanes.LANES);
        check(k, 4, 64, 64,
                t -> MicroKernel4x64.tile4x4(t.w(), t.g.base(0), ROW * 4, t.w(), t.g.base(1), t.w(), t.g.base(2),
                        ROW, t.w(), t.g.base(3), t.startRow, t.k));
    }

    @ParameterizedTest
    @MethodSource("depths")
    void pairTiles(int k) {
        int width = MicroKernel6x2.WIDTH;
        check(k, 6, width, 64, t -> MicroKernel6x2.tile6x2(t.w(), t.g.base(0), ROW * 4, t.w(), t.g.base(1), 256, t.w(),
                t.g.base(2), ROW, t.w(), t.g.base(3), t.startRow, t.k));
        check(k, 4, width, 64, t -> MicroKernel6x2.tile4x2(t.w(), t.g.base(0), ROW * 4, t.w(), t.g.base(1), 256, t.w(),
                t.g.base(2), ROW, t.w(), t.g.base(3), t.startRow, t.k));
        check(k, 1, width, 64, t -> MicroKernel6x2.tile1x2(t.w(), t.g.base(0), t.w(), t.g.base(1), 256, t.w(),
                t.g.base(2), t.w(), t.g.base(3), t.k));
    }

    private static void check(int k, int rows, int width, int block, Consumer<Call> tile) {
        for (long startRow : new long[] {0, ROW}) {
            try (Arena arena = Arena.ofShared()) {
                float[][] operands = {Bits.numbers(rows * STRIDE * 4, 1), Bits.numbers(k * block, 2),
                    Bits.numbers(rows * STRIDE, 3), Bits.numbers(rows * STRIDE, 4)};
                Guarded simd = Guarded.of(arena, operands);
                Guarded scalar = Guarded.of(arena, operands);
                tile.accept(new Call(simd, k, startRow));
                if (width == block) {
                    ScalarTiles.tile(scalar.segment(), scalar.base(0), ROW * 4, scalar.segment(), scalar.base(1),
                            scalar.segment(), scalar.base(2), ROW, scalar.segment(), scalar.base(3), startRow, k, rows,
                            width);
                } else {
                    partOfBlock(scalar, k, rows, width, block, startRow);
                }
                simd.checkSame(scalar, rows + " x " + width + ", k " + k);
            }
        }
    }

    /** The scalar twin covers whole blocks, so that a part of one is cut out of B first. */
    private static void partOfBlock(Guarded scalar, int k, int rows, int width, int block, long startRow) {
        try (Arena arena = Arena.ofShared()) {
            float[] whole = scalar.values(1);
            float[] part = new float[k * width];
            for (int i = 0; i < k; i++) {
                System.arraycopy(whole, i * block, part, i * width, width);
            }
            Guarded b = Guarded.of(arena, part);
            ScalarTiles.tile(scalar.segment(), scalar.base(0), ROW * 4, b.segment(), b.base(0), scalar.segment(),
                    scalar.base(2), ROW, scalar.segment(), scalar.base(3), startRow, k, rows, width);
        }
    }
}
