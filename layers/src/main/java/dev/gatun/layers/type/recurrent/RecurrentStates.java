package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Where a run's states begin and end: zeros, values of the graph, rows that are kept outside of the plan, or those of the model. */
final class RecurrentStates {

    private final RecurrentMemory memory;
    private final int largestBatch;
    private final int[] widths;
    private final List<RowsView> initial;
    private final LearnedStates learned;
    /** Of the last run, which samples began at what is learned. */
    private final boolean[] begins;
    private final OutsideStates outside;
    private int batch;
    private int time;

    /**
     * @param learned weights that sequences begin at, or null
     * @param widths  of the states
     */
    RecurrentStates(
            PlanContext context, RecurrentMemory memory, RecurrentSizes largest, LearnedStates learned,
            List<Integer> widths, MemorySegment workspace) {
        this.memory = memory;
        this.learned = learned;
        this.begins = new boolean[learned == null ? 0 : largest.batch()];
        this.largestBatch = largest.batch();
        this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
        this.initial = new ArrayList<>();
        for (Value value : context.arguments().initialState()) {
            initial.add(value.rows(workspace));
        }
        this.outside = new OutsideStates(context.call());
    }

    void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        time = activeTime;
    }

    /** Fills the rows before the first step. */
    void begin(RunContext run) {
        RowsView rows = outside.rows(run);
        for (int b = 0; learned != null && b < batch; b++) {
            begins[b] = rows == null || !LearnedStates.hasBegun(rows, flag(run), b);
        }
        for (int i = 0; i < memory.states().size(); i++) {
            RowsView state = memory.states().get(i);
            long row = first(i);
            if (!initial.isEmpty()) {
                RowCopy.copyRows(initial.get(i), 0, state, row, batch, widths[i]);
            } else if (rows != null) {
                outside.in(run, i, state, row, batch, widths[i]);
            } else {
                RowCopy.clearRows(state, row, batch, widths[i]);
            }
            if (learned != null) {
                learned.begin(i, state, row, batch, begins);
            }
        }
    }

    /** Writes the states after the last step to the rows of the stream, or of the model; behind them, that they have begun. */
    void keep(RunContext run) {
        RowsView rows = outside.rows(run);
        if (rows == null) {
            return;
        }
        for (int i = 0; i < memory.states().size(); i++) {
            outside.out(run, i, memory.states().get(i), last(i), batch, widths[i]);
        }
        if (learned != null) {
            LearnedStates.keepBegun(rows, flag(run), batch);
        }
    }

    /** Which samples of the last run began at learned states, and so have a part in their gradients. */
    boolean[] begins() {
        return begins;
    }

    private long flag(RunContext run) {
        return outside.offset(run, memory.states().size());
    }

    /** The row of a state before the first step; those besides h lie in one place for all steps of an inference plan. */
    private long first(int part) {
        return part > 0 && !memory.training() ? 0 : largestBatch - batch;
    }

    private long last(int part) {
        return part > 0 && !memory.training() ? 0 : largestBatch + (long) (time - 1) * batch;
    }

    /** Copies a state after the last step into a value. */
    void copyLast(int part, RowsView to) {
        RowCopy.copyRows(memory.states().get(part), last(part), to, 0, batch, widths[part]);
    }
}
