package dev.gatun.engine.rnn;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowsView;
import java.lang.foreign.MemorySegment;

/**
 * Some columns of consecutive rows: all of them at once where no column is left out and the rows of both sides lie equally far
 * apart, paddings between them included, which are zero; else row by row. A call for each row would take a third of the time of
 * a step of 64 units.
 *
 * @param firstBytes bytes from the beginning of a row to the first column
 * @param bytes      of the columns of a row
 * @param areWhole   whether these are all columns
 */
record RowRuns(long firstBytes, long bytes, boolean areWhole) {

    /** {@code to = from}. */
    void copy(RowsView from, long fromRow, RowsView to, long toRow, int rows) {
        if (areWhole && rows > 0 && from.rowBytes() == to.rowBytes()) {
            MemorySegment.copy(from.segment(), from.at(fromRow), to.segment(), to.at(toRow), run(to, rows));
            return;
        }
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(from.segment(), from.at(fromRow + row) + firstBytes, to.segment(),
                    to.at(toRow + row) + firstBytes, bytes);
        }
    }

    /** {@code to *= mask}. */
    void multiply(RowsView mask, long maskRow, RowsView to, long toRow, int rows) {
        if (areWhole && rows > 0 && mask.rowBytes() == to.rowBytes()) {
            BlockArithmetic.multiply(mask.segment(), mask.at(maskRow), to.segment(), to.at(toRow), floats(to, rows));
            return;
        }
        for (int row = 0; row < rows; row++) {
            BlockArithmetic.multiply(mask.segment(), mask.at(maskRow + row) + firstBytes, to.segment(),
                    to.at(toRow + row) + firstBytes, (int) (bytes / Float.BYTES));
        }
    }

    /** {@code to *= mask}, whose rows are those of samples: the row behind that of the last sample is that of the first again. */
    void multiplySamples(RowsView mask, RowsView to, long toRow, int rows, int batch) {
        for (int done = 0; done < rows;) {
            int sample = (int) ((toRow + done) % batch);
            int count = Math.min(batch - sample, rows - done);
            multiply(mask, sample, to, toRow + done, count);
            done += count;
        }
    }

    /** {@code to += from}. */
    void add(RowsView from, long fromRow, RowsView to, long toRow, int rows) {
        if (areWhole && rows > 0 && from.rowBytes() == to.rowBytes()) {
            BlockArithmetic.add(from.segment(), from.at(fromRow), to.segment(), to.at(toRow), floats(to, rows));
            return;
        }
        for (int row = 0; row < rows; row++) {
            BlockArithmetic.add(from.segment(), from.at(fromRow + row) + firstBytes, to.segment(),
                    to.at(toRow + row) + firstBytes, (int) (bytes / Float.BYTES));
        }
    }

    private long run(RowsView rows, int count) {
        return (count - 1) * rows.rowBytes() + bytes;
    }

    private int floats(RowsView rows, int count) {
        return Math.toIntExact(run(rows, count) / Float.BYTES);
    }
}
