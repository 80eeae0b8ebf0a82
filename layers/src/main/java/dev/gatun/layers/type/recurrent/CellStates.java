package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
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
    private final OutsideStates outside;

    CellStates(PlanContext context, CellRows rows, List<Integer> widths, List<RowsView> states, MemorySegment w) {
        this.rows = rows;
        this.widths = widths;
        this.states = states;
        this.initial = context.arguments().initialState().stream().map(value -> value.rows(w)).toList();
        this.outside = new OutsideStates(context.call());
    }

    /** Fills the rows before the first step. */
    void begin(RunContext run) {
        for (int i = 0; i < states.size(); i++) {
            if (!initial.isEmpty()) {
                RowCopy.copy(initial.get(i), states.get(i), rows.batch(), widths.get(i));
            } else if (outside.rows(run) != null) {
                outside.in(run, i, states.get(i), 0, rows.batch(), widths.get(i));
            } else {
                RowCopy.clear(states.get(i), rows.batch(), widths.get(i));
            }
        }
    }

    /** Writes the states after the last step to the rows of the stream, or of the model. */
    void keep(RunContext run) {
        for (int i = 0; outside.rows(run) != null && i < states.size(); i++) {
            outside.out(run, i, states.get(i), rows.state(rows.time(), 0), rows.batch(), widths.get(i));
        }
    }

    /** Copies a state after the last step into a value. */
    void copyLast(int part, RowsView to) {
        RowCopy.copyRows(states.get(part), rows.state(rows.time(), 0), to, 0, rows.batch(), widths.get(part));
    }
}
