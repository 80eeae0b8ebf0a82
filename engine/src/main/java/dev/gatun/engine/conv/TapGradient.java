package dev.gatun.engine.conv;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/**
 * The gradient of one group's kernel, {@code += gathered^T d} over all rows: each number one chain of fma over increasing row.
 */
final class TapGradient {

    private final TapRows gathered;
    private final TapScratch scratch;
    private final WeightGradient gradient;
    private final Strips strips;
    private final RowsView d;
    private final int columns;
    private final boolean inPieces;

    /**
     * @param strips   of the group's kernel
     * @param target   gradients of all weights
     * @param at       byte offset of the group's kernel
     * @param d        rows that belong to the gathered ones, from the group's first column on
     * @param columns  of the group
     * @param inPieces whether there is anything but zeros between those columns and the next multiple of 16
     * @param packs    {@link WeightGradient#scratchBytes} for each thread
     */
    TapGradient(
            TapRows gathered, TapScratch scratch, Strips strips, MemorySegment target, long at, RowsView d,
            int columns, boolean inPieces, RowsView packs) {
        this.gathered = gathered;
        this.scratch = scratch;
        this.strips = strips;
        this.d = d;
        this.columns = columns;
        this.inPieces = inPieces;
        this.gradient = new WeightGradient(scratch.rows(), inPieces ? scratch.piece() : d, strips, target, at, packs);
    }

    TapRows gathered() {
        return gathered;
    }

    /** A team member's share of the group's strips, over so many rows. */
    void share(int rows, int member, int size) {
        strips(rows, Partition.first(strips.count(), member, size), Partition.first(strips.count(), member + 1, size),
                member);
    }

    /** All strips, by the calling thread. */
    void all(int rows, int member) {
        strips(rows, 0, strips.count(), member);
    }

    private void strips(int rows, int firstStrip, int endStrip, int member) {
        if (firstStrip == endStrip) {
            return;
        }
        int place = scratch.first(member);
        for (int first = 0; first < rows; first += scratch.most()) {
            int some = Math.min(scratch.most(), rows - first);
            gathered.gather(first, some, place);
            if (inPieces) {
                copy(first, some, place);
            }
            gradient.strips(place, inPieces ? place : first, some, firstStrip, endStrip, member);
        }
    }

    private void copy(int first, int count, int place) {
        RowsView piece = scratch.piece();
        for (int row = 0; row < count; row++) {
            MemorySegment.copy(d.segment(), d.at(first + row), piece.segment(), piece.at(place + row),
                    (long) columns * Float.BYTES);
            for (int column = columns; column < strips.columns(); column++) {
                piece.segment().set(JAVA_FLOAT, piece.at(place + row) + (long) column * Float.BYTES, 0f);
            }
        }
    }
}
