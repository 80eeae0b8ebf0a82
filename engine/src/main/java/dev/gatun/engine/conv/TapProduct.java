package dev.gatun.engine.conv;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * One group of a convolution, either way: {@code made = start + gathered B}. Every number is one chain of fma over the taps in
 * order, and over the columns of each, however rows, strips and threads share the work. The chain begins at the start value, or, of
 * several groups, at zero.
 */
final class TapProduct {

    private final TapRows gathered;
    private final TapScratch scratch;
    private final Product product;
    private final Made made;

    /**
     * What is made.
     *
     * @param rows     from the group's first column on
     * @param start    values to begin at: those rows, or one row for all
     * @param columns  of the group
     * @param inPieces whether what lies behind them in a row belongs to another group, so that whole strips cannot be written
     */
    record Made(RowsView rows, RowsView start, int columns, boolean inPieces) {}

    /**
     * @param gathered what is read
     * @param b        where B lies
     * @param bBytes   byte offset of B
     * @param strips   B's sizes
     * @param zeros    a row of zeros
     */
    TapProduct(
            TapRows gathered, TapScratch scratch, MemorySegment b, long bBytes, Strips strips, Made made,
            RowsView zeros) {
        this.gathered = gathered;
        this.scratch = scratch;
        this.made = made;
        this.product = new Product(scratch.rows(), b, bBytes, strips, made.inPieces ? scratch.piece() : made.rows,
                made.inPieces ? new RowsView(zeros.segment(), zeros.baseBytes(), 0) : made.start);
    }

    TapRows gathered() {
        return gathered;
    }

    int strips() {
        return product.strips();
    }

    /** Some rows, and some strips of their columns; all strips of a group that is made in pieces. */
    void rows(int first, int count, int firstStrip, int endStrip, int member) {
        int place = scratch.first(member);
        for (int done = 0; done < count; done += scratch.most()) {
            int some = Math.min(scratch.most(), count - done);
            int row = first + done;
            gathered.gather(row, some, place);
            if (made.inPieces) {
                product.rows(place, place, 0, some);
                add(row, some, place);
            } else {
                product.rows(place, row, row, some, firstStrip, endStrip);
            }
        }
    }

    private void add(int first, int count, int place) {
        RowsView piece = scratch.piece();
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < made.columns; column++) {
                long at = (long) column * Float.BYTES;
                float begin = made.start.segment().get(JAVA_FLOAT, made.start.at(first + row) + at);
                made.rows.segment().set(JAVA_FLOAT, made.rows.at(first + row) + at,
                        begin + piece.segment().get(JAVA_FLOAT, piece.at(place + row) + at));
            }
        }
    }
}
