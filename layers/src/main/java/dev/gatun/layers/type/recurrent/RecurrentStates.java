package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
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
    private final RecurrentSizes largest;
    private final List<RowsView> initial;
    private final long[] carriedBytes;
    private final long[] keptBytes;
    private int batch;
    private int time;

    RecurrentStates(PlanContext context, RecurrentMemory memory, RecurrentSizes largest, MemorySegment workspace) {
        this.memory = memory;
        this.largest = largest;
        this.initial = new ArrayList<>();
        for (Value value : context.arguments().initialState()) {
            initial.add(value.rows(workspace));
        }
        this.carriedBytes = numbers(context.call().carriedBytes());
        this.keptBytes = numbers(context.call().keptBytes());
    }

    private static long[] numbers(List<Long> offsets) {
        long[] numbers = new long[offsets.size()];
        for (int part = 0; part < numbers.length; part++) {
            numbers[part] = offsets.get(part);
        }
        return numbers;
    }

    /** Whether the layer is stateful, and the run one of a model that keeps its states: a stream carries them by itself. */
    private boolean areKept(RunContext run) {
        return run.state() == null && run.kept() != null && keptBytes.length > 0;
    }

    void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        time = activeTime;
    }

    /** Fills the rows before the first step. */
    void begin(RunContext run) {
        for (int i = 0; i < memory.states().size(); i++) {
            RowsView state = memory.states().get(i);
            long row = first(i);
            if (!initial.isEmpty()) {
                RowCopy.copyRows(initial.get(i), 0, state, row, batch, largest.units());
            } else if (run.state() != null && carriedBytes.length > 0) {
                carry(run.state(), carriedBytes[i], state, row, true);
            } else if (areKept(run)) {
                carry(run.kept(), keptBytes[i], state, row, true);
            } else {
                RowCopy.clearRows(state, row, batch, largest.units());
            }
        }
    }

    /** Writes the states after the last step to the rows of the stream, or of the model. */
    void keep(RunContext run) {
        for (int i = 0; i < memory.states().size(); i++) {
            if (run.state() != null && carriedBytes.length > 0) {
                carry(run.state(), carriedBytes[i], memory.states().get(i), last(i), false);
            } else if (areKept(run)) {
                carry(run.kept(), keptBytes[i], memory.states().get(i), last(i), false);
            }
        }
    }

    /** Paddings too: they go on as they are. */
    private void carry(RowsView rows, long offset, RowsView state, long firstRow, boolean in) {
        int columns = Strips.padded(largest.units());
        long kept = rows.baseBytes() + offset;
        for (int b = 0; b < batch; b++) {
            long own = state.at(firstRow + b);
            long there = kept + b * rows.rowBytes();
            if (in) {
                MemorySegment.copy(rows.segment(), there, state.segment(), own, (long) columns * Float.BYTES);
            } else {
                MemorySegment.copy(state.segment(), own, rows.segment(), there, (long) columns * Float.BYTES);
            }
        }
    }

    /** The row of a state before the first step; those besides h lie in one place for all steps of an inference plan. */
    private long first(int part) {
        return part > 0 && !memory.training() ? 0 : largest.batch() - batch;
    }

    private long last(int part) {
        return part > 0 && !memory.training() ? 0 : largest.batch() + (long) (time - 1) * batch;
    }

    /** Copies a state after the last step into a value. */
    void copyLast(int part, RowsView to) {
        RowCopy.copyRows(memory.states().get(part), last(part), to, 0, batch, largest.units());
    }
}
