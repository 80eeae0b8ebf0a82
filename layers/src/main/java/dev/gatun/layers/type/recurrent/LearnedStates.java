package dev.gatun.layers.type.recurrent;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.RowCopy;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * States that sequences begin at, which are weights [U], or the gradients of these.
 *
 * @param rows   one row for each state, which all samples have
 * @param widths of the states
 */
record LearnedStates(List<RowsView> rows, List<Integer> widths) {

    /** @param places of the states in the segment of the parameters, or of the gradients */
    static LearnedStates of(MemorySegment segment, List<Long> places, List<Integer> widths) {
        List<RowsView> rows = new ArrayList<>();
        for (long place : places) {
            rows.add(new RowsView(segment, place, 0));
        }
        return new LearnedStates(List.copyOf(rows), widths);
    }

    /** The same state for those samples of a batch that begin. */
    void begin(int state, RowsView to, long firstRow, int batch, boolean[] begins) {
        for (int b = 0; b < batch; b++) {
            if (begins[b]) {
                RowCopy.copyRow(rows.get(state), 0, to, firstRow + b, widths.get(state));
            }
        }
    }

    /** Whether a sequence goes on from states that are kept outside of the plan. */
    static boolean hasBegun(RowsView sequences, long flagBytes, int sample) {
        return sequences.segment().get(JAVA_FLOAT, sequences.at(sample) + flagBytes) == CallPlace.BEGUN;
    }

    static void keepBegun(RowsView streams, long flagBytes, int batch) {
        for (int b = 0; b < batch; b++) {
            streams.segment().set(JAVA_FLOAT, streams.at(b) + flagBytes, CallPlace.BEGUN);
        }
    }

    /** Adds the gradients of the first states of the samples that began, one after the other. */
    void add(int state, RowsView from, int batch, boolean[] begins) {
        RowsView sum = rows.get(state);
        for (int b = 0; b < batch; b++) {
            if (!begins[b]) {
                continue;
            }
            for (long at = 0; at < (long) widths.get(state) * Float.BYTES; at += Float.BYTES) {
                float next = from.segment().get(JAVA_FLOAT, from.at(b) + at);
                sum.segment().set(JAVA_FLOAT, sum.at(0) + at,
                        sum.segment().get(JAVA_FLOAT, sum.at(0) + at) + next);
            }
        }
    }
}
