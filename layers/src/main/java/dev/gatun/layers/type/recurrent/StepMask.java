package dev.gatun.layers.type.recurrent;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * Which steps of a call count, and what its sequence shows where none has counted yet: zeros, whatever the initial state was
 * (Keras on TensorFlow). After that a step that does not count repeats the last output, which is what h holds.
 *
 * @param mask      the call's
 * @param from      where it lies
 * @param steps     place for it in processing order
 * @param backwards whether the last step is processed first
 */
record StepMask(Value mask, RowsView from, RowsView steps, boolean backwards) {

    /** The mask that the call was given by name, or that its input carries; null if every step counts. */
    static Value of(PlanContext context) {
        Value named = context.arguments().mask();
        return named == null ? context.arguments().input().mask() : named;
    }

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
        return steps.segment().get(JAVA_INT, steps.at(row)) != 0;
    }

    /** Zeros in the row of every sample of which no step counts. */
    void clearEmpty(RowsView rows, int columns) {
        for (int b = 0; b < mask.batch(); b++) {
            boolean empty = true;
            for (int t = 0; empty && t < mask.time(); t++) {
                empty = !counts((long) t * mask.batch() + b);
            }
            if (empty) {
                RowCopy.clearRow(rows, b, columns);
            }
        }
    }

    /** Zeros in every row of a sequence before the first step of its sample that counts. */
    void clearBeginnings(RowsView sequence, int columns) {
        int batch = mask.batch();
        int time = mask.time();
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < time && !counts((long) t * batch + b); t++) {
                RowCopy.clearRow(sequence, (long) t * batch + b, columns);
            }
        }
    }
}
