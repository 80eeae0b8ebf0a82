package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/**
 * Where the states of a call are between two runs: in the rows of a stream, which carries those of every layer, or in the rows
 * that the model keeps of a stateful one, or nowhere.
 *
 * @param call with its places in both
 */
record OutsideStates(CallPlace call) {

    /** The rows of a run, one for each sample; null if the call begins anew. */
    RowsView rows(RunContext run) {
        if (run.state() != null) {
            return call.carriedBytes().isEmpty() ? null : run.state();
        }
        return call.keptBytes().isEmpty() ? null : run.kept();
    }

    /** Where in a row a part lies. */
    long offset(RunContext run, int part) {
        return run.state() != null ? call.carriedBytes().get(part) : call.keptBytes().get(part);
    }

    /** Copies a part of all samples in from outside; paddings too: they go on as they are. */
    void in(RunContext run, int part, RowsView state, long firstRow, int batch, int width) {
        RowsView rows = rows(run);
        long offset = offset(run, part);
        long bytes = (long) Strips.padded(width) * Float.BYTES;
        for (int sample = 0; sample < batch; sample++) {
            MemorySegment.copy(rows.segment(), rows.at(sample) + offset, state.segment(), state.at(firstRow + sample),
                    bytes);
        }
    }

    /** Copies a part of all samples out. */
    void out(RunContext run, int part, RowsView state, long firstRow, int batch, int width) {
        RowsView rows = rows(run);
        long offset = offset(run, part);
        long bytes = (long) Strips.padded(width) * Float.BYTES;
        for (int sample = 0; sample < batch; sample++) {
            MemorySegment.copy(state.segment(), state.at(firstRow + sample), rows.segment(), rows.at(sample) + offset,
                    bytes);
        }
    }
}
