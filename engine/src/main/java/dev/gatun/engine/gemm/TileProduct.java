package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.MicroKernel1x8;
import dev.gatun.engine.kernel.MicroKernel4x4;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarTiles;

/**
 * Covers rows and strips of {@code C = start + A * B} with tiles; or of {@code start + X * W + A * B}, one chain over both
 * depths. Made when the product is planned, so that a call names only what changes.
 *
 * @param before  places of X and W; those of A and B if there are none
 * @param places  places of A, B, C and the start values
 * @param inPlace the same, but chains go on from what C holds
 */
record TileProduct(TilePlaces before, TilePlaces places, TilePlaces inPlace) {

    /** Steps of k from which tiles are used: see {@link MicroKernelDepth1}. */
    static final int SHORTEST = 4;

    /** Rows that pass through four strips at a time: each row of C is then written in one stretch, which the hardware foresees. */
    private static final int ROW_GROUP = 16;
    /** Rows that may all pass through four strips; these are few enough for A and C to stay near. */
    private static final int FEW_ROWS = 96;

    /** Of one product. */
    static TileProduct of(TilePlaces places) {
        return new TileProduct(places, places, places.inPlace());
    }

    /** Of two, one chain over both depths. */
    static TileProduct of(TilePlaces before, TilePlaces places) {
        return new TileProduct(before, places, places.inPlace());
    }

    /** One product over so many rows and strips, from byte offsets on; by the twin if {@code scalar}. */
    void multiply(long a0, long b0, long c0, long s0, int k, int rows, int strips, boolean scalar) {
        if (scalar) {
            ScalarTiles.tile(places, a0, b0, c0, s0, k, rows, strips);
        } else if (k > 0 && k < SHORTEST) {
            oneByOne(a0, b0, c0, s0, k, rows, strips);
        } else {
            tiles(0, 0, 0, a0, b0, c0, s0, k, rows, strips);
        }
    }

    /** Both products, X and W from {@code x0} and {@code w0} on, {@code depth} deep. */
    void chain(
            long x0, long w0, int depth, long a0, long b0, long c0, long s0, int k, int rows, int strips,
            boolean scalar) {
        if (scalar) {
            ScalarTiles.tile(before, x0, w0, c0, s0, depth, rows, strips);
            ScalarTiles.tile(inPlace, a0, b0, c0, c0, k, rows, strips);
        } else {
            tiles(x0, w0, depth, a0, b0, c0, s0, k, rows, strips);
        }
    }

    private void oneByOne(long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        MicroKernelDepth1.add(places, a0, b0, c0, s0, rows, strips);
        for (int i = 1; i < k; i++) {
            MicroKernelDepth1.add(inPlace, a0 + (long) i * Float.BYTES, b0 + i * places.bRow(), c0, c0, rows, strips);
        }
    }

    /** With vectors of 16 floats four strips at a time, and what is left of strips or rows as with narrower ones. */
    private void tiles(
            long x0, long w0, int depth, long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        int quads = Lanes.LANES == Strips.WIDTH ? strips - strips % MicroKernel4x4.STRIPS : 0;
        if (quads > 0) {
            quads(x0, w0, depth, a0, b0, c0, s0, k, rows, quads);
        }
        if (quads < strips) {
            pairs(x0, w0 + quads * before.bStrip(), depth, a0, b0 + quads * places.bStrip(),
                    c0 + quads * places.cStrip(), s0 + quads * places.sStrip(), k, rows, strips - quads);
        }
    }

    /** Four strips stay in the first-level cache while some rows pass, as long as K is small. */
    private void quads(
            long x0, long w0, int depth, long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        int whole = rows - rows % MicroKernel4x4.ROWS;
        int group = rows > FEW_ROWS ? ROW_GROUP : whole;
        for (int first = 0; first < whole; first += group) {
            int end = Math.min(whole, first + group);
            for (int strip = 0; strip < strips; strip += MicroKernel4x4.STRIPS) {
                for (int row = first; row < end; row += MicroKernel4x4.ROWS) {
                    MicroKernel4x4.tile4x4(before, x0 + row * before.aRow(), w0 + strip * before.bStrip(), depth,
                            places, a0 + row * places.aRow(), b0 + strip * places.bStrip(),
                            c0 + row * places.cRow() + strip * places.cStrip(),
                            s0 + row * places.sRow() + strip * places.sStrip(), k);
                }
            }
        }
        oneRowEach(x0, w0, depth, a0, b0, c0, s0, k, whole, rows, strips);
    }

    /** As few tiles as there can be, of about the same height: 32 rows are 6 6 5 5 5 5. Up to three rows go one by one. */
    private void pairs(
            long x0, long w0, int depth, long a0, long b0, long c0, long s0, int k, int rows, int strips) {
        int row = 0;
        while (rows - row >= MicroKernel6x2.LEAST_ROWS) {
            int height = height(rows - row);
            tile(height, x0 + row * before.aRow(), w0, depth, a0 + row * places.aRow(), b0, c0 + row * places.cRow(),
                    s0 + row * places.sRow(), k, strips);
            row += height;
        }
        oneRowEach(x0, w0, depth, a0, b0, c0, s0, k, row, rows, strips);
    }

    /** Seven rows are six and one, rather than four and three. */
    private static int height(int left) {
        int most = MicroKernel6x2.MOST_ROWS;
        return left == most + 1 ? most : Math.ceilDiv(left, Math.ceilDiv(left, most));
    }

    private void tile(
            int height, long x0, long w0, int depth, long a0, long b0, long c0, long s0, int k, int strips) {
        switch (height) {
            case 4 -> MicroKernel6x2.tile4x2(before, x0, w0, depth, places, a0, b0, c0, s0, k, strips);
            case 5 -> MicroKernel6x2.tile5x2(before, x0, w0, depth, places, a0, b0, c0, s0, k, strips);
            default -> MicroKernel6x2.tile6x2(before, x0, w0, depth, places, a0, b0, c0, s0, k, strips);
        }
    }

    private void oneRowEach(
            long x0, long w0, int depth, long a0, long b0, long c0, long s0, int k, int firstRow, int rows,
            int strips) {
        for (int row = firstRow; row < rows; row++) {
            long cAt = c0 + row * places.cRow();
            long sAt = s0 + row * places.sRow();
            if (depth > 0) {
                MicroKernel1x8.row(before, x0 + row * before.aRow(), w0, cAt, sAt, depth, strips, false);
                MicroKernel1x8.row(inPlace, a0 + row * places.aRow(), b0, cAt, cAt, k, strips, false);
            } else {
                MicroKernel1x8.row(places, a0 + row * places.aRow(), b0, cAt, sAt, k, strips, false);
            }
        }
    }
}
