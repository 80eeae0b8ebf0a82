package dev.gatun.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Where the operands of a product's tiles lie, {@code C = start + A B}; made when the product is planned. All strides in bytes.
 *
 * @param a      A, rows
 * @param aRow   from one row of A to the next
 * @param b      B, strips of 16 columns
 * @param bRow   from one row of a strip to the next, always 64. It is here because with vectors of 8 floats a distance that C2
 *               knows makes it unroll the tile's loop and spill what no longer fits the registers: 34 GFLOP/s instead of 83
 * @param bStrip from one strip of B to the next
 * @param c      C
 * @param cRow   from one row of C to the next
 * @param cStrip from 16 columns of C to the next
 * @param s      start values; may be C itself
 * @param sRow   from one row of start values to the next; 0 repeats a bias
 * @param sStrip from 16 columns of start values to the next
 */
public record TilePlaces(
        MemorySegment a, long aRow, MemorySegment b, long bRow, long bStrip, MemorySegment c, long cRow, long cStrip,
        MemorySegment s, long sRow, long sStrip) {

    /** Bytes of a row of a strip. */
    public static final long STRIP_ROW = 64;

    /** The same, but chains begin where those of other tiles do. */
    public TilePlaces beginningAt(TilePlaces other) {
        return new TilePlaces(a, aRow, b, bRow, bStrip, c, cRow, cStrip, other.s, other.sRow, other.sStrip);
    }

    /** The same, but chains go on from what C holds. */
    public TilePlaces inPlace() {
        return new TilePlaces(a, aRow, b, bRow, bStrip, c, cRow, cStrip, c, cRow, cStrip);
    }
}
