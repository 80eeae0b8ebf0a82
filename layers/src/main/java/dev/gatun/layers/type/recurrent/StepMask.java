package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * Which steps of a call count, and what its sequence shows where one does not. Before the first that counts that are zeros,
 * whatever the initial state was (Keras on TensorFlow); after it a step repeats the last output, which is what h holds, or is
 * zero as well. The last output is that of the last step.
 *
 * @param mask      the call's
 * @param from      where it lies
 * @param steps     place for it in processing order
 * @param backwards whether the last step is processed first
 * @param zeroes    whether every step that does not count shows zeros
 */
record StepMask(Value mask, RowsView from, RowsView steps, boolean backwards, boolean zeroes) {

    private static final boolean[] NONE = {};

    /** Copies the mask into processing order. */
    void prepare() {
        int batch = mask.batch();
        int time = mask.time();
        for (int t = 0; t < time; t++) {
            long source = (long) (backwards ? time - 1 - t : t) * batch;
            MemorySegment.copy(from.segment(), from.at(source), steps.segment(), steps.at((long) t * batch),
                    (long) batch * Integer.BYTES);
        }
    }

    /** Whether the step of this row, in processing order, counts. */
    boolean counts(long row) {
        return MaskRows.counts(steps, row);
    }

    /** The row behind those that count, or do not, as this one does; of so many at most. */
    int runEnd(int row, int most) {
        boolean counts = counts(row);
        int end = row + 1;
        while (end < row + most && counts(end) == counts) {
            end++;
        }
        return end;
    }

    /** Zeros in the rows of last outputs, or of their gradients, of the samples that show none. */
    void clearLast(RowsView rows, int columns) {
        for (int b = 0; b < mask.batch(); b++) {
            if (zeroes ? !countsLast(b) : !countsEver(b)) {
                RowCopy.clearRow(rows, b, columns);
            }
        }
    }

    /** Of those that begin in this run; the others repeat what they showed before. */
    void clearLastOf(boolean[] begins, RowsView rows, int columns) {
        for (int b = 0; begins.length > 0 && b < mask.batch(); b++) {
            if (begins[b] && !countsEver(b)) {
                RowCopy.clearRow(rows, b, columns);
            }
        }
    }

    private boolean countsLast(int sample) {
        return mask.time() > 0 && counts((long) (mask.time() - 1) * mask.batch() + sample);
    }

    private boolean countsEver(int sample) {
        for (int t = 0; t < mask.time(); t++) {
            if (counts((long) t * mask.batch() + sample)) {
                return true;
            }
        }
        return false;
    }

    /** Zeros in every row of a sequence, or of its gradient, that shows no output. */
    void clearSequence(RowsView sequence, int columns) {
        clearSequence(sequence, columns, NONE);
    }

    /** @param begins of a layer that learns where it begins, which samples begin in this run; the others repeat what they showed */
    void clearSequence(RowsView sequence, int columns, boolean[] begins) {
        int batch = mask.batch();
        for (int b = 0; b < batch; b++) {
            boolean begun = begins.length > 0 && !begins[b];
            for (int t = 0; t < mask.time(); t++) {
                boolean counts = counts((long) t * batch + b);
                begun |= counts;
                if (zeroes ? !counts : !begun) {
                    RowCopy.clearRow(sequence, (long) t * batch + b, columns);
                }
            }
        }
    }
}
