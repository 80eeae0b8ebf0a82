package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.cell.CellMemory;
import dev.gatun.layers.cell.CellOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The way back through a loop over a cell, from the last step to the first. What a step that does not count showed was the last
 * output that counted, so its gradient waits there.
 */
final class CellBackward implements Team.Job {

    private final CellOperation cell;
    private final LoopedCell looped;
    private final CellRows rows;
    private final CellMemory.Gradients flow;
    private final StepMask mask;
    private final InputTransform reading;
    private final RowsView dOutput;
    private final List<RowsView> dStates = new ArrayList<>();
    private final List<GivenGradient> initial = new ArrayList<>();
    private final GivenGradient dx;

    /** @param outputs the value, then the states that are returned */
    CellBackward(
            PlanContext context, LoopedCell looped, CellOperation cell, CellRows rows, CellMemory memory, StepMask mask,
            InputTransform reading, List<Value> outputs) {
        MemorySegment w = memory.plan().workspace();
        this.cell = cell;
        this.looped = looped;
        this.rows = rows;
        this.flow = memory.gradients();
        this.mask = mask;
        this.reading = reading;
        this.dOutput = gradient(outputs.getFirst(), w);
        outputs.subList(1, outputs.size()).forEach(state -> dStates.add(gradient(state, w)));
        this.dx = GivenGradient.of(context.arguments().input(), w);
        context.arguments().initialState().forEach(state -> initial.add(GivenGradient.of(state, w)));
    }

    private static RowsView gradient(Value output, MemorySegment w) {
        return output.requiresGradient() && output.hasGradient() ? output.gradient(w) : null;
    }

    void run() {
        RowCopy.clear(flow.output(), rows.batch(), looped.output());
        int last = rows.stateGradient(rows.time(), 0);
        for (int i = 0; i < looped.states().size(); i++) {
            RowsView given = dStates.isEmpty() ? null : dStates.get(i);
            for (int sample = 0; sample < rows.batch(); sample++) {
                if (given == null) {
                    RowCopy.clearRow(flow.states().get(i), last + sample, looped.states().get(i));
                } else {
                    RowCopy.passRow(given, sample, flow.states().get(i), last + sample, false, looped.states().get(i));
                }
            }
        }
        rows.run(this);
        if (dx != null) {
            reading.giveBack(flow.x(), dx.rows(), dx.add());
        }
        for (int i = 0; i < initial.size(); i++) {
            GivenGradient.pass(flow.states().get(i), initial.get(i), rows.batch(), looped.states().get(i));
        }
    }

    @Override
    public void run(int member, int size) {
        cell.beginBackward(member, size);
        rows.meet(size);
        int first = rows.first(member, size);
        int end = rows.first(member + 1, size);
        for (int t = rows.time() - 1; t >= 0; t--) {
            int sample = first;
            while (sample < end) {
                int next = mask == null ? end : mask.runEnd(rows.input(t, sample), end - sample) - rows.input(t, 0);
                boolean counts = mask == null || mask.counts(rows.input(t, sample));
                gather(t, sample, next, counts);
                if (counts) {
                    cell.backward(rows.step(member, t, sample, next - sample));
                    RowCopy.clearRows(flow.output(), sample, next - sample, looped.output());
                } else {
                    passBy(t, sample, next);
                }
                sample = next;
            }
        }
        rows.meet(size);
        cell.weightGradients(rows.all(member), member, size);
    }

    /** To what waits comes what this step showed. */
    private void gather(int t, int first, int end, boolean counts) {
        boolean shown = rows.givesSequences() || t == rows.time() - 1;
        if (dOutput == null || !shown || !counts && looped.zeroes()) {
            return;
        }
        for (int sample = first; sample < end; sample++) {
            RowCopy.passRow(dOutput, rows.output(t, sample), flow.output(), sample, true, looped.output());
        }
    }

    private void passBy(int t, int first, int end) {
        for (int sample = first; sample < end; sample++) {
            for (int i = 0; i < looped.states().size(); i++) {
                RowCopy.copyRow(flow.states().get(i), rows.stateGradient(t + 1, sample), flow.states().get(i),
                        rows.stateGradient(t, sample), looped.states().get(i));
            }
            if (flow.x() != null) {
                RowCopy.clearRow(flow.x(), rows.input(t, sample), reading.input().columns());
            }
        }
    }
}
