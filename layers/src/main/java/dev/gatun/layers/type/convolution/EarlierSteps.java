package dev.gatun.layers.type.convolution;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/**
 * The steps before the first one of a run, as a stream carries them: one behind the other in the row of a sequence, and as rows of
 * a sequence while a run reads them.
 *
 * @param steps        how many
 * @param columns      of each
 * @param rows         where a run reads them, step by step
 * @param carriedBytes where they lie in the row of a stream
 */
record EarlierSteps(int steps, int columns, RowsView rows, long carriedBytes) {

    /** Fetches them; zeros if the run begins anew. */
    void begin(RunContext run, int batch) {
        RowsView carried = run.state();
        if (carried == null) {
            RowCopy.clear(rows, steps * batch, columns);
            return;
        }
        for (int step = 0; step < steps; step++) {
            for (int sample = 0; sample < batch; sample++) {
                MemorySegment.copy(carried.segment(), place(carried, sample, step), rows.segment(),
                        rows.at((long) step * batch + sample), bytes());
            }
        }
    }

    /** Hands on the last ones, of the run or of those before it. */
    void keep(RunContext run, RowsView x, int batch, int time) {
        RowsView carried = run.state();
        for (int step = 0; carried != null && step < steps; step++) {
            int source = time - steps + step;
            RowsView from = source < 0 ? rows : x;
            long first = (long) (source < 0 ? source + steps : source) * batch;
            for (int sample = 0; sample < batch; sample++) {
                MemorySegment.copy(from.segment(), from.at(first + sample), carried.segment(),
                        place(carried, sample, step), bytes());
            }
        }
    }

    private long place(RowsView carried, int sample, int step) {
        return carried.at(sample) + carriedBytes + step * bytes();
    }

    private long bytes() {
        return (long) columns * Float.BYTES;
    }
}
