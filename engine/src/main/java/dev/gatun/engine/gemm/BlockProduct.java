package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernel4x64;
import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.MicroKernelEdges;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.MemorySegment;

/** Covers one block (64 or 16 columns) of a product with the tiles this machine's vectors call for. */
final class BlockProduct {

    /** Steps of k from which tiles are used: see {@link MicroKernelDepth1}. */
    static final int SHORTEST = 4;

    private BlockProduct() {}

    /** {@code C[rows,width] = start + A[rows,K] * B[K,width]} with B a packed block; strides in bytes; by the twin if {@code scalar}. */
    static void multiply(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows, int width, boolean scalar) {
        if (scalar) {
            ScalarTiles.tile(a, a0, aRow, b, b0, c, c0, cRow, s, s0, sRow, k, rows, width);
        } else if (k > 0 && k < SHORTEST) {
            oneByOne(a, a0, aRow, b, b0, c, c0, cRow, s, s0, sRow, k, rows, width);
        } else if (Lanes.LANES == Panels.STRIP && width == Panels.STRIP) {
            strip(a, a0, aRow, b, b0, c, c0, cRow, s, s0, sRow, k, rows);
        } else if (Lanes.LANES == Panels.STRIP) {
            quads(a, a0, aRow, b, b0, c, c0, cRow, s, s0, sRow, k, rows);
        } else {
            pairs(a, a0, aRow, b, b0, c, c0, cRow, s, s0, sRow, k, rows, width);
        }
    }

    private static void oneByOne(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows, int width) {
        MicroKernelDepth1.add(a, a0, aRow, b, b0, c, c0, cRow, s, s0, sRow, rows, width);
        for (int i = 1; i < k; i++) {
            long bBytes = b0 + (long) i * width * Float.BYTES;
            MicroKernelDepth1.add(a, a0 + (long) i * Float.BYTES, aRow, b, bBytes, c, c0, cRow, c, c0, cRow, rows,
                    width);
        }
    }

    private static void quads(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows) {
        int row = 0;
        for (; row <= rows - MicroKernel4x64.ROWS; row += MicroKernel4x64.ROWS) {
            MicroKernel4x64.tile4x4(a, a0 + row * aRow, aRow, b, b0, c, c0 + row * cRow, cRow, s, s0 + row * sRow, sRow,
                    k);
        }
        for (; row < rows; row++) {
            MicroKernelEdges.tile1x64(a, a0 + row * aRow, b, b0, c, c0 + row * cRow, s, s0 + row * sRow, k);
        }
    }

    private static void strip(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows) {
        int row = 0;
        for (; row <= rows - MicroKernelEdges.STRIP_ROWS; row += MicroKernelEdges.STRIP_ROWS) {
            MicroKernelEdges.tile8x16(a, a0 + row * aRow, aRow, b, b0, c, c0 + row * cRow, cRow, s, s0 + row * sRow,
                    sRow, k);
        }
        for (; row < rows; row++) {
            MicroKernelEdges.tile1x16(a, a0 + row * aRow, b, b0, c, c0 + row * cRow, s, s0 + row * sRow, k);
        }
    }

    /** Rows in sixes, but 8 and 9 as fours, so that few are left over. */
    private static void pairs(
            MemorySegment a, long a0, long aRow, MemorySegment b, long b0, MemorySegment c, long c0, long cRow,
            MemorySegment s, long s0, long sRow, int k, int rows, int width) {
        long bRow = (long) width * Float.BYTES;
        for (int column = 0; column < width; column += MicroKernel6x2.WIDTH) {
            long x = (long) column * Float.BYTES;
            int row = 0;
            for (; rows - row >= 6 && rows - row != 8 && rows - row != 9; row += 6) {
                MicroKernel6x2.tile6x2(a, a0 + row * aRow, aRow, b, b0 + x, bRow, c, c0 + row * cRow + x, cRow, s,
                        s0 + row * sRow + x, sRow, k);
            }
            for (; rows - row >= 4; row += 4) {
                MicroKernel6x2.tile4x2(a, a0 + row * aRow, aRow, b, b0 + x, bRow, c, c0 + row * cRow + x, cRow, s,
                        s0 + row * sRow + x, sRow, k);
            }
            for (; row < rows; row++) {
                MicroKernel6x2.tile1x2(a, a0 + row * aRow, b, b0 + x, bRow, c, c0 + row * cRow + x, s,
                        s0 + row * sRow + x,
                        k);
            }
        }
    }
}
