package dev.gatun.engine.gemm;

import dev.gatun.engine.kernel.MicroKernel1x8;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;

/** Covers rows and strips of a product with tiles. */
final class TileProduct {

    /** Steps of k from which tiles are used: see {@link MicroKernelDepth1}. */
    static final int SHORTEST = 4;

    private TileProduct() {}

    /** {@code C = start + A * B} for so many rows and strips, from byte offsets on; by the twin if {@code scalar}. */
    static void multiply(
            TilePlaces places, long a0, long b0, long c0, long s0, int k, int rows, int strips, boolean scalar) {
        if (scalar) {
            ScalarTiles.tile(places, a0, b0, c0, s0, k, rows, strips);
        } else if (k > 0 && k < SHORTEST) {
            oneByOne(places, a0, b0, c0, s0, k, rows, strips);
        } else {
            tiles(places, a0, b0, c0, s0, k, rows, strips);
        }
    }

    private static void oneByOne(
            TilePlaces places, long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        MicroKernelDepth1.add(places, a0, b0, c0, s0, rows, strips);
        TilePlaces more = places.inPlace();
        for (int i = 1; i < k; i++) {
            MicroKernelDepth1.add(more, a0 + (long) i * Float.BYTES, b0 + i * places.bRow(), c0, c0, rows, strips);
        }
    }

    /** As few tiles as there can be, of about the same height: 32 rows are 6 6 5 5 5 5. Up to three rows go one by one. */
    private static void tiles(TilePlaces places, long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        int row = 0;
        int left = rows;
        while (left >= MicroKernel6x2.LEAST_ROWS) {
            int height = height(left);
            tile(height, places, a0 + row * places.aRow(), b0, c0 + row * places.cRow(), s0 + row * places.sRow(), k,
                    strips);
            row += height;
            left -= height;
        }
        for (; row < rows; row++) {
            MicroKernel1x8.row(places, a0 + row * places.aRow(), b0, c0 + row * places.cRow(),
                    s0 + row * places.sRow(), k, strips, false);
        }
    }

    /** Seven rows are six and one, rather than four and three. */
    private static int height(int left) {
        int most = MicroKernel6x2.MOST_ROWS;
        return left == most + 1 ? most : Math.ceilDiv(left, Math.ceilDiv(left, most));
    }

    private static void tile(
            int height, TilePlaces places, long a0, long b0, long c0, long s0, int k, int strips) {
        switch (height) {
            case 4 -> MicroKernel6x2.tile4x2(places, a0, b0, c0, s0, k, strips);
            case 5 -> MicroKernel6x2.tile5x2(places, a0, b0, c0, s0, k, strips);
            default -> MicroKernel6x2.tile6x2(places, a0, b0, c0, s0, k, strips);
        }
    }
}
