package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.cell.CellMemory;
import dev.gatun.layers.cell.CellOperation;
import dev.gatun.layers.plan.RowCopy;

/** Runs a cell from step to step over the rows that count, and says what the others show and carry. */
final class CellForward implements Team.Job {

    private final CellOperation cell;
    private final LoopedCell looped;
    private final CellRows rows;
    private final CellMemory memory;
    private final StepMask mask;

    /** @param mask which steps count, or null if all do */
    CellForward(CellOperation cell, LoopedCell looped, CellRows rows, CellMemory memory, StepMask mask) {
        this.cell = cell;
        this.looped = looped;
        this.rows = rows;
        this.memory = memory;
        this.mask = mask;
    }

    void run() {
        if (!rows.givesSequences()) {
            RowCopy.clear(memory.output(), rows.batch(), looped.output());
        }
        rows.run(this);
    }

    @Override
    public void run(int member, int size) {
        int first = rows.first(member, size);
        int end = rows.first(member + 1, size);
        for (int t = 0; t < rows.time(); t++) {
            int sample = first;
            while (sample < end) {
                int next = mask == null ? end : mask.runEnd(rows.input(t, sample), end - sample) - rows.input(t, 0);
                if (mask == null || mask.counts(rows.input(t, sample))) {
                    cell.forward(rows.step(member, t, sample, next - sample));
                } else {
                    leaveOut(t, sample, next);
                }
                sample = next;
            }
        }
    }

    private void leaveOut(int t, int first, int end) {
        for (int sample = first; sample < end; sample++) {
            for (int i = 0; i < looped.states().size(); i++) {
                RowCopy.copyRow(memory.states().get(i), rows.state(t, sample), memory.states().get(i),
                        rows.state(t + 1, sample), looped.states().get(i));
            }
            show(t, sample);
            for (int i = 0; rows.isTraining() && i < memory.kept().size(); i++) {
                RowsView kept = memory.kept().get(i);
                RowCopy.clearRow(kept, rows.kept(t, sample), (int) (kept.rowBytes() / Float.BYTES));
            }
        }
    }

    /** The last output again, and zeros before the first; or zeros. */
    private void show(int t, int sample) {
        int row = rows.output(t, sample);
        if (looped.zeroes() || t == 0) {
            RowCopy.clearRow(memory.output(), row, looped.output());
        } else if (rows.givesSequences()) {
            RowCopy.copyRow(memory.output(), row - rows.batch(), memory.output(), row, looped.output());
        }
    }
}
