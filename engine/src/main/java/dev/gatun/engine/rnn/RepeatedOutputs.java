package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * The gradient of a sequence of which some steps do not count and repeat the output of the last one that does: that one gets
 * theirs, and what stands before the first is nobody's. Each is then moved to the row that the way back reads when it comes from
 * the next step that counts. So the bits are those of the sequence of the steps that count.
 *
 * @param memory    says which steps count
 * @param dSequence gradient of the output at every step [T B, U]
 * @param units     U
 */
record RepeatedOutputs(RecurrentMemory memory, RowsView dSequence, int units) {

    private static final int NONE = -1;

    /** Samples {@code first .. end - 1} of a batch. */
    void fold(int first, int end, int batch, int time) {
        for (int sample = first; sample < end; sample++) {
            add(sample, batch, time);
            move(sample, batch, time);
        }
    }

    private void add(int sample, int batch, int time) {
        int last = NONE;
        for (int t = 0; t < time; t++) {
            long row = (long) t * batch + sample;
            if (memory.counts(row)) {
                last = t;
            } else {
                if (last != NONE) {
                    BlockArithmetic.add(dSequence.segment(), dSequence.at(row), dSequence.segment(),
                            dSequence.at((long) last * batch + sample), Strips.padded(units));
                }
                clear(row);
            }
        }
    }

    private void move(int sample, int batch, int time) {
        int next = time;
        for (int t = time - 1; t >= 0; t--) {
            long row = (long) t * batch + sample;
            if (memory.counts(row)) {
                long target = (long) (next - 1) * batch + sample;
                if (target != row) {
                    MemorySegment.copy(dSequence.segment(), dSequence.at(row), dSequence.segment(),
                            dSequence.at(target), bytes());
                    clear(row);
                }
                next = t;
            }
        }
    }

    private void clear(long row) {
        for (long at = dSequence.at(row); at < dSequence.at(row) + bytes(); at += Float.BYTES) {
            dSequence.segment().set(JAVA_FLOAT, at, 0f);
        }
    }

    private long bytes() {
        return (long) Strips.padded(units) * Float.BYTES;
    }
}
