package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;

/**
 * {@code C[M,N] = start + X[M,J] * W[J,N] + A[M,K] * B[K,N]} as one chain of fma for each element, over J and then over K: the
 * bits of two products one after the other, but C is written once and not read between them. Made by {@link Product#after}.
 */
public final class ChainedProduct {

    private final RowsView x;
    private final long wBytes;
    private final Strips wStrips;
    private final RowsView c;
    private final RowsView start;
    private final RowsView a;
    private final long bBytes;
    private final Strips bStrips;
    private final TileProduct tiles;

    ChainedProduct(
            RowsView x, long wBytes, Strips wStrips, RowsView c, RowsView start, RowsView a, long bBytes,
            Strips bStrips, TileProduct tiles) {
        this.x = x;
        this.wBytes = wBytes;
        this.wStrips = wStrips;
        this.c = c;
        this.start = start;
        this.a = a;
        this.bBytes = bBytes;
        this.bStrips = bStrips;
        this.tiles = tiles;
    }

    /** Whether a chain over so many steps and then so many others can be made of tiles. */
    public static boolean isPossible(int depth, int k) {
        return depth >= TileProduct.SHORTEST && k >= TileProduct.SHORTEST;
    }

    /** Columns of strips {@code firstStrip .. endStrip - 1} of the given rows; x, a, c and start each have their own first row. */
    public void rows(long xRow, long aRow, long cRow, long startRow, int rows, int firstStrip, int endStrip) {
        tiles.chain(
                x.at(xRow), wBytes + wStrips.at(firstStrip), wStrips.depth(), a.at(aRow),
                bBytes + bStrips.at(firstStrip), c.at(cRow) + firstStrip * c.stripBytes(),
                start.at(startRow) + firstStrip * start.stripBytes(), bStrips.depth(), rows, endStrip - firstStrip,
                KernelChoice.isScalarNow());
    }
}
