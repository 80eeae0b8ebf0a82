package dev.gatun.layers.type.lstm;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentBackward;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The way back through an LSTM call: gathers the gradients of its outputs and hands on those of its inputs. */
final class BackwardBinding {

    private final InputTransform reading;
    private final boolean prepares;
    private final RecurrentSizes sizes;
    private final RecurrentGradients flow;
    private final RowsView dLast;
    private final RowsView dStateH;
    private final RowsView dStateC;
    private final RowsView dInitialH;
    private final RowsView dInitialC;
    private final RowsView dx;
    private final boolean addToDx;
    private final boolean addToInitialH;
    private final boolean addToInitialC;
    private RecurrentBackward engine;

    BackwardBinding(
            Lstm config, RecurrentSizes sizes, LstmSlots slots, PlanContext site, List<Value> outputs,
            Operation.Memory memory,
            InputTransform reading) {
        this.reading = reading;
        this.sizes = sizes;
        Value input = site.arguments().input();
        MemorySegment w = memory.workspace();
        RowsView main = gradientOf(outputs.getFirst(), w);
        RowsView dSequence = config.returnsSequences() ? main : null;
        this.dLast = config.returnsSequences() ? null : main;
        this.dStateH = config.returnsState() ? gradientOf(outputs.get(1), w) : null;
        this.dStateC = config.returnsState() ? gradientOf(outputs.get(2), w) : null;
        this.addToDx = input.requiresGradient() && input.claimGradient();
        this.dx = input.requiresGradient() ? input.gradient(w) : null;
        List<Value> initial = site.arguments().initialState();
        Value h0 = !initial.isEmpty() && initial.get(0).requiresGradient() ? initial.get(0) : null;
        Value c0 = !initial.isEmpty() && initial.get(1).requiresGradient() ? initial.get(1) : null;
        this.addToInitialH = h0 != null && h0.claimGradient();
        this.addToInitialC = c0 != null && c0.claimGradient();
        this.dInitialH = h0 == null ? null : h0.gradient(w);
        this.dInitialC = c0 == null ? null : c0.gradient(w);
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
                site.gradientScratchRows(slots.scratch(), w));
    }

    private static RowsView gradientOf(Value output, MemorySegment workspace) {
        return output.requiresGradient() && output.hasGradient() ? output.gradient(workspace) : null;
    }

    RecurrentGradients flow() {
        return flow;
    }

    void engine(RecurrentBackward backward) {
        this.engine = backward;
    }

    void run() {
        gather(flow.dh(), dLast, dStateH);
        gather(flow.dStates().get(1), null, dStateC);
        engine.run();
        if (prepares) {
            reading.giveBack(flow.dx(), dx, addToDx);
        }
        if (dInitialH != null) {
            RowCopy.pass(flow.dh(), dInitialH, addToInitialH, sizes.batch(), sizes.units());
        }
        if (dInitialC != null) {
            RowCopy.pass(flow.dStates().get(1), dInitialC, addToInitialC, sizes.batch(), sizes.units());
        }
    }

    /** Output first, then state: one fixed order. */
    private void gather(RowsView to, RowsView output, RowsView state) {
        RowCopy.clear(to, sizes.batch(), sizes.units());
        if (output != null) {
            RowCopy.pass(output, to, false, sizes.batch(), sizes.units());
        }
        if (state != null) {
            RowCopy.pass(state, to, output != null, sizes.batch(), sizes.units());
        }
    }
}
