package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;

/**
 * {@code C[M,N] = start + X[M,J] * W[J,N] + A[M,K] * B[K,N]} as one chain of fma for each element, over J and then over K: the
 * bits of two products one after the other, but C is written once and not read between them. Made by {@link Product#after}.
 */
public final class ChainedProduct {

    private final Product first;
    private final Product second;
    private final TileProduct tiles;

    ChainedProduct(Product first, Product second, TileProduct tiles) {
        this.first = first;
        this.second = second;
        this.tiles = tiles;
    }

    /** Whether a chain over so many steps and then so many others can be made of tiles. */
    public static boolean isPossible(int depth, int k) {
        return depth >= TileProduct.SHORTEST && k >= TileProduct.SHORTEST;
    }

    /** Columns of strips {@code firstStrip .. endStrip - 1} of the given rows; x, a, c and start each have their own first row. */
    public void rows(long xRow, long aRow, long cRow, long startRow, int rows, int firstStrip, int endStrip) {
        tiles.chain(
                first.aBytes(xRow), first.stripBytes(firstStrip), first.depth(), second.aBytes(aRow),
                second.stripBytes(firstStrip), second.cBytes(cRow, firstStrip), first.startBytes(startRow, firstStrip),
                second.depth(), rows, endStrip - firstStrip, KernelChoice.isScalarNow());
    }
}
