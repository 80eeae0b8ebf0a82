package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.GateDrops;
import dev.gatun.engine.rnn.RecurrentBackward;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The way back through a recurrent call: gathers the gradients of its outputs and hands on those of its inputs. */
final class BackwardBinding {

    private final InputTransform reading;
    private final StepMask mask;
    private final boolean prepares;
    private final RecurrentSizes largest;
    private final Team team;
    private final RecurrentGradients flow;
    private final RowsView dLast;
    private final RowsView[] dStates;
    private final GivenGradient[] initial;
    private final LearnedStates learned;
    private final boolean[] begins;
    private final int[] widths;
    private final RowsView dx;
    private final boolean addToDx;
    private RecurrentBackward engine;
    private int batch;

    /**
     * @param learned gradients of the states that sequences begin at; null if there are none, or nobody wants them
     * @param begins  which samples of the last run began there
     */
    BackwardBinding(
            PlanContext context, RecurrentValues outputs, RecurrentSlots slots, InputTransform reading, StepMask mask,
            LearnedStates learned, boolean[] begins, MemorySegment w,
            RecurrentSizes sizes, List<Integer> widths, CellKernel cell) {
        this.reading = reading;
        this.mask = mask;
        this.learned = learned;
        this.begins = begins;
        this.largest = sizes;
        this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
        this.team = context.team();
        Value input = context.arguments().input();
        RowsView dSequence = gradientOf(outputs.sequence(), w);
        this.dLast = gradientOf(outputs.last(), w);
        List<Value> states = outputs.states();
        this.dStates = new RowsView[slots.dStates().size()];
        for (int i = 0; i < states.size(); i++) {
            dStates[i] = gradientOf(states.get(i), w);
        }
        this.addToDx = input.requiresGradient() && input.claimGradient();
        this.dx = input.requiresGradient() ? input.gradient(w) : null;
        List<Value> given = context.arguments().initialState();
        this.initial = new GivenGradient[dStates.length];
        for (int i = 0; i < given.size(); i++) {
            initial[i] = GivenGradient.of(given.get(i), w);
        }
        long unitsRow = (long) sizes.unitsLd() * Float.BYTES;
        this.prepares = slots.dPrepared() != null;
        this.flow = new RecurrentGradients(
                dSequence,
                slots.dStateRows(w, sizes),
                new RowsView(w, slots.scratchState().baseBytes(), unitsRow),
                new RowsView(w, slots.dz().baseBytes(), (long) sizes.gatesLd() * Float.BYTES),
                RecurrentSlots.backwardChunk(sizes, dx != null),
                prepares ? new RowsView(w, slots.dPrepared().baseBytes(), dx.rowBytes()) : dx,
                !prepares && addToDx,
                RecurrentSlots.pack(w, slots.kernelPack()),
                RecurrentSlots.pack(w, slots.recurrentPack()),
                slots.sums(w, sizes, cell),
                context.gradientScratchRows(slots.scratch(), w));
    }

    private static RowsView gradientOf(Value output, MemorySegment workspace) {
        return output != null && output.requiresGradient() && output.hasGradient() ? output.gradient(workspace) : null;
    }

    RecurrentGradients flow() {
        return flow;
    }

    void bind(
            CellKernel cell, RecurrentMemory places, RecurrentWeights weights, RecurrentWeights gradients,
            GateDrops drops) {
        engine = new RecurrentBackward(largest, cell, places, weights, gradients, flow, drops, team);
    }

    void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        engine.resize(activeBatch, activeTime);
    }

    void run() {
        if (mask != null && dLast != null) {
            mask.clearLast(dLast, largest.outputs());
        }
        if (mask != null && mask.zeroes() && flow.dSequence() != null) {
            mask.clearSequence(flow.dSequence(), largest.outputs());
        }
        for (int i = 0; i < dStates.length; i++) {
            gather(flow.dStates().get(i), i == 0 ? dLast : null, dStates[i], widths[i]);
        }
        clearRowSums();
        engine.run();
        if (prepares) {
            reading.giveBack(flow.dx(), dx, addToDx);
        }
        for (int i = 0; i < initial.length; i++) {
            GivenGradient.pass(flow.dStates().get(i), initial[i], batch, widths[i]);
        }
        for (int i = 0; learned != null && i < dStates.length; i++) {
            learned.add(i, flow.dStates().get(i), batch, begins);
        }
    }

    private void clearRowSums() {
        RowsView sums = flow.rowSums();
        if (sums != null) {
            sums.segment().asSlice(sums.baseBytes(), batch * sums.rowBytes()).fill((byte) 0);
        }
    }

    /** Output first, then state: one fixed order. */
    private void gather(RowsView to, RowsView output, RowsView state, int width) {
        RowCopy.clear(to, batch, width);
        if (output != null) {
            RowCopy.pass(output, to, false, batch, width);
        }
        if (state != null) {
            RowCopy.pass(state, to, output != null, batch, width);
        }
    }
}
