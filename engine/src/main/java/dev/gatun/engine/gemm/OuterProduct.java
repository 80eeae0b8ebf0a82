package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel4x4;
import dev.gatun.engine.kernel.OuterKernel6x2;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.MemorySegment;

/**
 * Covers one block of a weight's gradient with outer-product tiles. Tiles are whole: the last rows of a block, too few for
 * one, are added in a copy beside it, the edge. A thread's scratch holds A's strips, D's strips if they have to be packed, and
 * the edge.
 *
 * @param places where tiles find A, D and G
 * @param edge   the same, with the copy instead of G
 */
record OuterProduct(TilePlaces places, TilePlaces edge) {

    /** Rows of A and D that are packed at a time. */
    static final int R_BLOCK = 384;
    /** Columns of A that are packed at a time. */
    static final int M_BLOCK = 512;
    /** Strips of D at a time: what a tile is wide with the widest vectors. */
    static final int GROUP = 4;

    /** Bytes of a strip, off the powers of two: a row is written to all strips at once. */
    static final long STRIP_BYTES = ((long) R_BLOCK + 1) * Strips.ROW_BYTES;
    private static final int HIGHEST_TILE = 6;
    private static final int LOWEST_TILE = 5;
    private static final long EDGE_STRIP = HIGHEST_TILE * Strips.ROW_BYTES;

    /** Scratch of one thread. */
    static final long SCRATCH_BYTES = (M_BLOCK / Strips.WIDTH + GROUP) * STRIP_BYTES + GROUP * EDGE_STRIP;

    /** A in the scratch, D in strips so far apart, G packed. */
    static OuterProduct of(MemorySegment scratch, MemorySegment d, long dStrip, MemorySegment g, long gStrip) {
        return new OuterProduct(places(scratch, d, dStrip, g, gStrip), places(scratch, d, dStrip, scratch, EDGE_STRIP));
    }

    private static TilePlaces places(MemorySegment scratch, MemorySegment d, long dStrip, MemorySegment g,
            long gStrip) {
        return new TilePlaces(scratch, Strips.ROW_BYTES, d, Strips.ROW_BYTES, dStrip, g, Strips.ROW_BYTES, gStrip, g,
                Strips.ROW_BYTES, gStrip);
    }

    /** Where columns {@code column ...} of A are packed, a multiple of 16: {@code [R][16]}. */
    static long strip(long scratchBytes, int column) {
        return scratchBytes + column / Strips.WIDTH * STRIP_BYTES;
    }

    /** Where strips of D are packed. */
    static long packedD(long scratchBytes) {
        return strip(scratchBytes, M_BLOCK);
    }

    private static long edgeBytes(long scratchBytes) {
        return packedD(scratchBytes) + GROUP * STRIP_BYTES;
    }

    /**
     * {@code G[height,N] += A[rows,height]^T * D[rows,N]} for up to {@link #GROUP} strips of D and G.
     *
     * @param own     where this thread's scratch begins
     * @param dBytes  first row of D's first strip
     * @param gBytes  first row of G's first strip
     */
    void add(long own, long dBytes, long gBytes, int height, int rows, int strips) {
        for (int first = 0; first < height; first += Strips.WIDTH) {
            int end = Math.min(Strips.WIDTH, height - first);
            int row = 0;
            while (row < end) {
                int tile = tileRows(end - row, strips);
                long a = strip(own, first) + (long) row * Float.BYTES;
                long to = gBytes + (first + row) * Strips.ROW_BYTES;
                if (tile <= end - row) {
                    tile(tile, places, a, dBytes, to, rows, strips);
                } else {
                    long copy = edgeBytes(own);
                    copyStrips(places.c(), to, places.cStrip(), edge.c(), copy, EDGE_STRIP, end - row, strips);
                    tile(tile, edge, a, dBytes, copy, rows, strips);
                    copyStrips(edge.c(), copy, EDGE_STRIP, places.c(), to, places.cStrip(), end - row, strips);
                }
                row += tile;
            }
        }
    }

    private static void copyStrips(
            MemorySegment from, long fromBytes, long fromStrip, MemorySegment to, long toBytes, long toStrip, int rows,
            int strips) {
        for (int strip = 0; strip < strips; strip++) {
            RowPacking.copy(from, fromBytes + strip * fromStrip, Strips.ROW_BYTES, to, toBytes + strip * toStrip,
                    Strips.ROW_BYTES, rows, Strips.WIDTH);
        }
    }

    /** Sixteen rows are 6, 5 and 5, or four times 4. */
    private static int tileRows(int left, int strips) {
        if (KernelChoice.SCALAR) {
            return left;
        }
        if (isQuad(strips)) {
            return MicroKernel4x4.ROWS;
        }
        boolean six = left % LOWEST_TILE != 0 && left >= HIGHEST_TILE;
        return six ? HIGHEST_TILE : LOWEST_TILE;
    }

    private static boolean isQuad(int strips) {
        return Lanes.LANES == Strips.WIDTH && strips == MicroKernel4x4.STRIPS;
    }

    private static void tile(int tile, TilePlaces places, long a, long dBytes, long to, int rows, int strips) {
        if (KernelChoice.SCALAR) {
            ScalarTiles.outer(places, a, dBytes, to, rows, tile, strips);
        } else if (isQuad(strips)) {
            MicroKernel4x4.outer4x4(places, a, dBytes, to, rows);
        } else if (tile == HIGHEST_TILE) {
            OuterKernel6x2.outer6x2(places, a, dBytes, to, rows, strips);
        } else {
            OuterKernel6x2.outer5x2(places, a, dBytes, to, rows, strips);
        }
    }
}
