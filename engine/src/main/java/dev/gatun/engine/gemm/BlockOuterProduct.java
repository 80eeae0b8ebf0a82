package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernel4x64;
import dev.gatun.engine.kernel.MicroKernelEdges;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.MemorySegment;

/**
 * Covers one block of a weight's gradient with outer-product tiles. Tiles are whole: the last rows of a block, too few for
 * one, are added in a copy beside it. A thread's scratch holds A's strips, D's block if it has to be packed, and the copy.
 */
final class BlockOuterProduct {

    /** Rows of A and D that are packed at a time. */
    static final int R_BLOCK = 384;
    /** Columns of A that are packed at a time. */
    static final int M_BLOCK = 512;

    /** Bytes of a strip, off the powers of two: a row is written to all strips at once. */
    static final long STRIP_BYTES = ((long) R_BLOCK + 1) * Panels.STRIP * Float.BYTES;
    private static final long PANEL_BYTES = (long) R_BLOCK * Panels.PANEL * Float.BYTES;
    private static final int HIGHEST_TILE = 8;
    private static final long EDGE_BYTES = (long) HIGHEST_TILE * Panels.PANEL * Float.BYTES;

    /** Scratch of one thread. */
    static final long SCRATCH_BYTES = M_BLOCK / Panels.STRIP * STRIP_BYTES + PANEL_BYTES + EDGE_BYTES;

    private BlockOuterProduct() {}

    /** Where columns {@code column ...} of A are packed, a multiple of 16: {@code [R][16]}. */
    static long strip(long scratchBytes, int column) {
        return scratchBytes + column / Panels.STRIP * STRIP_BYTES;
    }

    /** Where D's block is packed: {@code [R][width]}. */
    static long panel(long scratchBytes) {
        return strip(scratchBytes, M_BLOCK);
    }

    /**
     * {@code G[height,width] += A[rows,height]^T * D[rows,width]}, rows of D and of G one after the other from {@code dBytes} and
     * {@code gBytes} on.
     */
    static void add(
            MemorySegment scratch, long scratchBytes, MemorySegment d, long dBytes, MemorySegment g, long gBytes,
            int height, int width, int rows) {
        long gRow = (long) width * Float.BYTES;
        long edge = panel(scratchBytes) + PANEL_BYTES;
        for (int first = 0; first < height; first += Panels.STRIP) {
            int end = Math.min(Panels.STRIP, height - first);
            int row = 0;
            while (row < end) {
                int tile = tileRows(end - row, width);
                long a = strip(scratchBytes, first) + (long) row * Float.BYTES;
                long to = gBytes + (first + row) * gRow;
                if (tile <= end - row) {
                    tile(tile, scratch, a, d, dBytes, g, to, rows, width);
                } else {
                    RowPacking.copy(g, to, gRow, scratch, edge, gRow, end - row, width);
                    tile(tile, scratch, a, d, dBytes, scratch, edge, rows, width);
                    RowPacking.copy(scratch, edge, gRow, g, to, gRow, end - row, width);
                }
                row += tile;
            }
        }
    }

    private static int tileRows(int left, int width) {
        if (KernelChoice.SCALAR) {
            return left;
        }
        if (Lanes.LANES == Panels.STRIP) {
            return width == Panels.STRIP ? MicroKernelEdges.STRIP_ROWS : MicroKernel4x64.ROWS;
        }
        return left >= 6 ? 6 : 4;
    }

    private static void tile(
            int tile, MemorySegment scratch, long a, MemorySegment d, long dBytes, MemorySegment c, long to, int rows,
            int width) {
        long row = (long) width * Float.BYTES;
        if (KernelChoice.SCALAR) {
            ScalarTiles.outer(scratch, a, d, dBytes, row, c, to, row, rows, tile, width);
        } else if (Lanes.LANES != Panels.STRIP) {
            pairs(tile, scratch, a, d, dBytes, c, to, rows, width);
        } else if (width == Panels.STRIP) {
            MicroKernelEdges.outer8x16(scratch, a, d, dBytes, c, to, rows);
        } else {
            MicroKernel4x64.outer4x4(scratch, a, d, dBytes, c, to, rows);
        }
    }

    private static void pairs(
            int tile, MemorySegment scratch, long a, MemorySegment d, long dBytes, MemorySegment c, long to, int rows,
            int width) {
        long row = (long) width * Float.BYTES;
        for (int column = 0; column < width; column += MicroKernel6x2.WIDTH) {
            long x = (long) column * Float.BYTES;
            if (tile == 6) {
                MicroKernel6x2.outer6x2(scratch, a, d, dBytes + x, row, c, to + x, row, rows);
            } else {
                MicroKernel6x2.outer4x2(scratch, a, d, dBytes + x, row, c, to + x, row, rows);
            }
        }
    }
}
