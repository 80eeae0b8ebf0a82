package dev.gatun.layers.rnn;

import dev.gatun.engine.gemm.Rows;
import dev.gatun.engine.lstm.LstmBackward;
import dev.gatun.engine.lstm.LstmGradients;
import dev.gatun.engine.lstm.LstmSizes;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Site;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The way back through an LSTM call: gathers the gradients of its outputs and hands on those of its inputs. */
final class LstmReturn {

    private final LstmInput reading;
    private final boolean prepares;
    private final LstmSizes sizes;
    private final LstmGradients flow;
    private final Rows dLast;
    private final Rows dStateH;
    private final Rows dStateC;
    private final Rows dInitialH;
    private final Rows dInitialC;
    private final Rows dx;
    private final boolean addToDx;
    private final boolean addToInitialH;
    private final boolean addToInitialC;
    private LstmBackward engine;

    LstmReturn(
            Lstm config, LstmSizes sizes, LstmSlots slots, Site site, List<Value> outputs, Operation.Memory memory,
            LstmInput reading) {
        this.reading = reading;
        this.sizes = sizes;
        Value input = site.inputs().getFirst();
        MemorySegment w = memory.workspace();
        Rows main = gradientOf(outputs.getFirst(), w);
        Rows dSequence = config.sequences() ? main : null;
        this.dLast = config.sequences() ? null : main;
        this.dStateH = config.state() ? gradientOf(outputs.get(1), w) : null;
        this.dStateC = config.state() ? gradientOf(outputs.get(2), w) : null;
        this.addToDx = input.requiresGradient() && input.claimGradient();
        this.dx = input.requiresGradient() ? input.gradient(w) : null;
        boolean wired = site.inputs().size() == 3;
        Value h0 = wired && site.inputs().get(1).requiresGradient() ? site.inputs().get(1) : null;
        Value c0 = wired && site.inputs().get(2).requiresGradient() ? site.inputs().get(2) : null;
        this.addToInitialH = h0 != null && h0.claimGradient();
        this.addToInitialC = c0 != null && c0.claimGradient();
        this.dInitialH = h0 == null ? null : h0.gradient(w);
        this.dInitialC = c0 == null ? null : c0.gradient(w);
        long unitsRow = (long) sizes.unitsLd() * Float.BYTES;
        this.prepares = slots.dPrepared() != null;
        this.flow = new LstmGradients(
                dSequence,
                new Rows(w, slots.dh().baseBytes(), unitsRow),
                new Rows(w, slots.dc().baseBytes(), unitsRow),
                new Rows(w, slots.cellTanh().baseBytes(), unitsRow),
                new Rows(w, slots.dz().baseBytes(), (long) sizes.gatesLd() * Float.BYTES),
                LstmSlots.backwardChunk(sizes, dx != null),
                prepares ? new Rows(w, slots.dPrepared().baseBytes(), dx.rowBytes()) : dx,
                !prepares && addToDx,
                LstmSlots.pack(w, slots.kernelPack()),
                LstmSlots.pack(w, slots.recurrentPack()),
                site.gradientScratchRows(slots.scratch(), w));
    }

    private static Rows gradientOf(Value output, MemorySegment workspace) {
        return output.requiresGradient() && output.hasGradient() ? output.gradient(workspace) : null;
    }

    LstmGradients flow() {
        return flow;
    }

    void engine(LstmBackward backward) {
        this.engine = backward;
    }

    void run() {
        gather(flow.dh(), dLast, dStateH);
        gather(flow.dc(), null, dStateC);
        engine.run();
        if (prepares) {
            reading.giveBack(flow.dx(), dx, addToDx);
        }
        if (dInitialH != null) {
            RowCopy.pass(flow.dh(), dInitialH, addToInitialH, sizes.batch(), sizes.units());
        }
        if (dInitialC != null) {
            RowCopy.pass(flow.dc(), dInitialC, addToInitialC, sizes.batch(), sizes.units());
        }
    }

    /** Output first, then state: one fixed order. */
    private void gather(Rows to, Rows output, Rows state) {
        RowCopy.clear(to, sizes.batch(), sizes.units());
        if (output != null) {
            RowCopy.pass(output, to, false, sizes.batch(), sizes.units());
        }
        if (state != null) {
            RowCopy.pass(state, to, output != null, sizes.batch(), sizes.units());
        }
    }
}
