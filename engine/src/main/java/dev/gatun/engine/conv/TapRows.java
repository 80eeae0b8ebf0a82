package dev.gatun.engine.conv;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * Gathers what all taps of a row read, one tap behind the other, so that a convolution is one product. Row {@code t B + b} of the
 * sequence that is made reads rows {@code s B + b} of the other. What lies before the first step are the steps of a stream that
 * came before, or zeros; behind the last step there are zeros.
 */
final class TapRows {

    private final TapSteps steps;
    private final RowsView from;
    private final RowsView earlier;
    private final RowsView zeros;
    private final int columns;
    private final RowsView to;
    private int earlierSteps;

    /**
     * @param from    rows of the sequence that is read, from the first column on
     * @param earlier rows of the steps before it, or null
     * @param zeros   a row of zeros, as long as the columns
     * @param columns that each tap reads
     * @param to      rows that are gathered
     */
    TapRows(Taps taps, RowsView from, RowsView earlier, RowsView zeros, int columns, RowsView to) {
        this.steps = new TapSteps(taps);
        this.from = from;
        this.earlier = earlier;
        this.zeros = new RowsView(zeros.segment(), zeros.baseBytes(), 0);
        this.columns = columns;
        this.to = to;
    }

    /**
     * Sizes of the runs that follow.
     *
     * @param readSteps  how many steps there are to read
     * @param earlySteps how many there are before them
     */
    void resize(ConvSizes sizes, int readSteps, int earlySteps) {
        steps.resize(sizes, readSteps);
        earlierSteps = earlier == null ? 0 : earlySteps;
    }

    /** Of rows {@code first ...} of the sequence that is made, to rows {@code place ...} of the gathered ones. */
    void gather(int first, int count, long place) {
        // A tap is copied in whole strips: what is too much of it the next one overwrites.
        for (int tap = 0; tap < steps.count(); tap++) {
            long toBytes = to.at(place) + (long) tap * columns * Float.BYTES;
            int row = first;
            while (row < first + count) {
                int end = steps.runEnd(row, first + count, tap);
                copy(steps.source(row, tap), row % steps.batch(), end - row, toBytes + (row - first) * to.rowBytes());
                row = end;
            }
        }
    }

    private void copy(long source, int sample, int rows, long toBytes) {
        if (steps.isThere(source)) {
            copy(from, source * steps.batch() + sample, rows, toBytes);
        } else if (source < 0 && source >= -earlierSteps) {
            copy(earlier, (source + earlierSteps) * steps.batch() + sample, rows, toBytes);
        } else {
            copy(zeros, 0, rows, toBytes);
        }
    }

    private void copy(RowsView source, long row, int rows, long toBytes) {
        if (KernelChoice.isScalarNow()) {
            // Of a first prediction: interpreted, the kernel would take longer than the product.
            for (int i = 0; i < rows; i++) {
                MemorySegment.copy(source.segment(), source.at(row + i), to.segment(), toBytes + i * to.rowBytes(),
                        (long) columns * Float.BYTES);
            }
        } else {
            RowPacking.copy(source.segment(), source.at(row), source.rowBytes(), to.segment(), toBytes,
                    to.rowBytes(), rows, Strips.padded(columns));
        }
    }
}
