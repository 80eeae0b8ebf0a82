package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.PairTiles;
import dev.gatun.engine.kernel.QuadTiles;
import dev.gatun.engine.kernel.RowCopies;
import dev.gatun.engine.kernel.WideTiles;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.MemorySegment;

/**
 * Covers one block of a weight's gradient with outer-product tiles. Tiles are whole: the last rows of a block, too few for
 * one, are added in a copy beside it.
 *
 * @param scratch    where A's strips, D's panel and the copy lie
 * @param strips     byte offset of A's strips, each {@code [R][16]}
 * @param stripBytes bytes from strip to strip
 * @param panel      byte offset of D's block, {@code [R][width]}
 * @param edge       byte offset of the copy, {@link #EDGE_BYTES}
 * @param g          where the gradient lies
 */
record BlockOuterProduct(
        MemorySegment scratch, long strips, long stripBytes, long panel, long edge, MemorySegment g) {

    /** Rows of the highest tile. */
    private static final int EDGE_ROWS = 8;
    static final long EDGE_BYTES = (long) EDGE_ROWS * Panels.PANEL * Float.BYTES;

    /** {@code G[height,width] += A[rows,height]^T * D[rows,width]}, G's rows one after the other from {@code gBytes} on. */
    void add(long gBytes, int height, int width, int rows) {
        long gRow = (long) width * Float.BYTES;
        for (int first = 0; first < height; first += Panels.STRIP) {
            long strip = strips + first / Panels.STRIP * stripBytes;
            int end = Math.min(Panels.STRIP, height - first);
            int row = 0;
            while (row < end) {
                int tile = tileRows(end - row, width);
                long a = strip + (long) row * Float.BYTES;
                long to = gBytes + (first + row) * gRow;
                if (tile <= end - row) {
                    tile(tile, a, g, to, gRow, rows, width);
                } else {
                    edge(tile, end - row, a, to, gRow, rows, width);
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
            return width == Panels.STRIP ? WideTiles.STRIP_ROWS : QuadTiles.ROWS;
        }
        return left >= 6 ? 6 : 4;
    }

    private void edge(int tile, int left, long a, long to, long gRow, int rows, int width) {
        RowCopies.copy(g, to, gRow, scratch, edge, gRow, left, width);
        tile(tile, a, scratch, edge, gRow, rows, width);
        RowCopies.copy(scratch, edge, gRow, g, to, gRow, left, width);
    }

    private void tile(int tile, long a, MemorySegment c, long to, long gRow, int rows, int width) {
        if (KernelChoice.SCALAR) {
            ScalarTiles.outer(scratch, a, scratch, panel, gRow, c, to, gRow, rows, tile, width);
        } else if (Lanes.LANES != Panels.STRIP) {
            pairs(tile, a, c, to, gRow, rows, width);
        } else if (width == Panels.STRIP) {
            WideTiles.outer8x16(scratch, a, scratch, panel, c, to, rows);
        } else {
            QuadTiles.outer4x4(scratch, a, scratch, panel, c, to, rows);
        }
    }

    private void pairs(int tile, long a, MemorySegment c, long to, long gRow, int rows, int width) {
        for (int column = 0; column < width; column += PairTiles.WIDTH) {
            long x = (long) column * Float.BYTES;
            if (tile == 6) {
                PairTiles.outer6x2(scratch, a, scratch, panel + x, gRow, c, to + x, gRow, rows);
            } else {
                PairTiles.outer4x2(scratch, a, scratch, panel + x, gRow, c, to + x, gRow, rows);
            }
        }
    }
}
