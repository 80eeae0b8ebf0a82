package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Where the states of a cell begin and end, each of its own width: zeros, values of the graph, or the rows of a stream. */
final class CellStates {

    private final CellRows rows;
    private final List<Integer> widths;
    private final List<RowsView> states;
    private final List<RowsView> initial;
    private final List<Long> carriedBytes;

    CellStates(PlanContext context, CellRows rows, List<Integer> widths, List<RowsView> states, MemorySegment w) {
        this.rows = rows;
        this.widths = widths;
        this.states = states;
        this.initial = context.arguments().initialState().stream().map(value -> value.rows(w)).toList();
        this.carriedBytes = context.call().carriedBytes();
    }

    /** Fills the rows before the first step. */
    void begin(RunContext run) {
        for (int i = 0; i < states.size(); i++) {
            if (!initial.isEmpty()) {
                RowCopy.copy(initial.get(i), states.get(i), rows.batch(), widths.get(i));
            } else if (run.state() != null) {
                carry(run.state(), i, 0, true);
            } else {
                RowCopy.clear(states.get(i), rows.batch(), widths.get(i));
            }
        }
    }

    /** Writes the states after the last step to the rows of the stream. */
    void keep(RunContext run) {
        for (int i = 0; i < states.size(); i++) {
            carry(run.state(), i, rows.state(rows.time(), 0), false);
        }
    }

    private void carry(RowsView stream, int part, int firstRow, boolean in) {
        RowsView state = states.get(part);
        long bytes = (long) Strips.padded(widths.get(part)) * Float.BYTES;
        long kept = stream.baseBytes() + carriedBytes.get(part);
        for (int sample = 0; sample < rows.batch(); sample++) {
            long own = state.at(firstRow + sample);
            long there = kept + sample * stream.rowBytes();
            if (in) {
                MemorySegment.copy(stream.segment(), there, state.segment(), own, bytes);
            } else {
                MemorySegment.copy(state.segment(), own, stream.segment(), there, bytes);
            }
        }
    }

    /** Copies a state after the last step into a value. */
    void copyLast(int part, RowsView to) {
        RowCopy.copyRows(states.get(part), rows.state(rows.time(), 0), to, 0, rows.batch(), widths.get(part));
    }
}
