package dev.gatun.layers.type.lstm;

import dev.gatun.engine.cell.LstmCell;
import dev.gatun.engine.gemm.RowsView;
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

/** The way back through an LSTM call: gathers the gradients of its outputs and hands on those of its inputs. */
final class BackwardBinding {

    private final InputTransform reading;
    private final LstmMask mask;
    private final boolean prepares;
    private final RecurrentSizes largest;
    private final Team team;
    private final RecurrentGradients flow;
    private final RowsView dLast;
    private final RowsView dStateH;
    private final RowsView dStateC;
    private final StateGradient initialH;
    private final StateGradient initialC;
    private final RowsView dx;
    private final boolean addToDx;
    private RecurrentBackward engine;
    private int batch;

    BackwardBinding(
            PlanContext context, LstmValues outputs, LstmSlots slots, InputTransform reading, LstmMask mask,
            MemorySegment w,
            RecurrentSizes sizes) {
        this.reading = reading;
        this.mask = mask;
        this.largest = sizes;
        this.team = context.team();
        Value input = context.arguments().input();
        RowsView dSequence = gradientOf(outputs.sequence(), w);
        this.dLast = gradientOf(outputs.last(), w);
        this.dStateH = gradientOf(outputs.stateH(), w);
        this.dStateC = gradientOf(outputs.stateC(), w);
        this.addToDx = input.requiresGradient() && input.claimGradient();
        this.dx = input.requiresGradient() ? input.gradient(w) : null;
        List<Value> initial = context.arguments().initialState();
        this.initialH = initial.isEmpty() ? null : StateGradient.of(initial.get(0), w);
        this.initialC = initial.isEmpty() ? null : StateGradient.of(initial.get(1), w);
        long unitsRow = (long) sizes.unitsLd() * Float.BYTES;
        this.prepares = slots.dPrepared() != null;
        this.flow = new RecurrentGradients(
                dSequence,
                List.of(
                        new RowsView(w, slots.dh().baseBytes(), unitsRow),
                        new RowsView(w, slots.dc().baseBytes(), unitsRow)),
                new RowsView(w, slots.cellTanh().baseBytes(), unitsRow),
                new RowsView(w, slots.dz().baseBytes(), (long) sizes.gatesLd() * Float.BYTES),
                LstmSlots.backwardChunk(sizes, dx != null),
                prepares ? new RowsView(w, slots.dPrepared().baseBytes(), dx.rowBytes()) : dx,
                !prepares && addToDx,
                LstmSlots.pack(w, slots.kernelPack()),
                LstmSlots.pack(w, slots.recurrentPack()),
                context.gradientScratchRows(slots.scratch(), w));
    }

    /**
     * Where the gradient of an initial state goes.
     *
     * @param rows its place
     * @param add  whether something is there already
     */
    private record StateGradient(RowsView rows, boolean add) {
        static StateGradient of(Value state, MemorySegment w) {
            return state.requiresGradient() ? new StateGradient(state.gradient(w), state.claimGradient()) : null;
        }
    }

    private static RowsView gradientOf(Value output, MemorySegment workspace) {
        return output != null && output.requiresGradient() && output.hasGradient() ? output.gradient(workspace) : null;
    }

    RecurrentGradients flow() {
        return flow;
    }

    void bind(LstmCell cell, RecurrentMemory places, RecurrentWeights weights, RecurrentWeights gradients) {
        engine = new RecurrentBackward(largest, cell, places, weights, gradients, flow, team);
    }

    void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        engine.resize(activeBatch, activeTime);
    }

    void run() {
        if (mask != null && dLast != null) {
            mask.clearLast(dLast, largest.units());
        }
        if (mask != null && mask.zeroes() && flow.dSequence() != null) {
            mask.clearSequence(flow.dSequence(), largest.units());
        }
        gather(flow.dh(), dLast, dStateH);
        gather(flow.dStates().get(1), null, dStateC);
        engine.run();
        if (prepares) {
            reading.giveBack(flow.dx(), dx, addToDx);
        }
        pass(flow.dh(), initialH);
        pass(flow.dStates().get(1), initialC);
    }

    private void pass(RowsView from, StateGradient to) {
        if (to != null) {
            RowCopy.pass(from, to.rows(), to.add(), batch, largest.units());
        }
    }

    /** Output first, then state: one fixed order. */
    private void gather(RowsView to, RowsView output, RowsView state) {
        RowCopy.clear(to, batch, largest.units());
        if (output != null) {
            RowCopy.pass(output, to, false, batch, largest.units());
        }
        if (state != null) {
            RowCopy.pass(state, to, output != null, batch, largest.units());
        }
    }
}
