package dev.gatun.layers.type.lstm;

import dev.gatun.engine.cell.LstmCell;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The memory of one LSTM call; null where a plan does not need it. */
record LstmSlots(
        Slot z, Slot preactivation, Slot h, Slot c, Slot prepared, Slot dPrepared, Slot dropMask, Slot steps, Slot dh,
        Slot dc,
        Slot cellTanh, Slot dz,
        Slot kernelPack, Slot recurrentPack, Slot scratch) {

    static LstmSlots plan(PlanContext context, RecurrentSizes sizes, Lstm config, LstmCell cell) {
        boolean training = context.requiresGradient();
        Value input = context.arguments().input();
        boolean dx = input.requiresGradient();
        boolean masked = context.mask() != null;
        int batch = sizes.batch();
        int unitsLd = sizes.unitsLd();
        int steps = training ? sizes.time() : RecurrentMemory.forwardChunk(sizes);
        long stateRows = (long) sizes.rows() + batch;
        boolean drops = context.mode().dropout() && config.dropout() > 0;
        boolean prepares = config.goesBackwards() || drops || masked && training;
        boolean pre = training && cell.keepsPreactivations();
        context.memory().zeros(Math.max(sizes.gatesLd(), Math.max(unitsLd, input.ld())));
        return new LstmSlots(
                context.workspace("gates", 1, RecurrentMemory.gateFloats(sizes, steps * batch)),
                pre
                        ? context.workspace("pre-activations", 1, RecurrentMemory.gateFloats(sizes, sizes.rows()))
                        : null,
                context.workspace("h", stateRows, unitsLd),
                context.workspace("c", training ? stateRows : batch, unitsLd),
                prepares ? context.workspace("prepared input", sizes.rows(), input.ld()) : null,
                prepares && dx ? context.workspace("prepared input gradient", sizes.rows(), input.ld()) : null,
                drops ? context.workspace("input mask", batch, input.ld()) : null,
                masked ? context.workspace("steps", sizes.rows(), 1) : null,
                training ? context.workspace("dh", batch, unitsLd) : null,
                training ? context.workspace("dc", batch, unitsLd) : null,
                training ? context.workspace("tanh of c", batch, unitsLd) : null,
                training
                        ? context.workspace("gate gradients", (long) backwardChunk(sizes, dx) * batch, sizes.gatesLd())
                        : null,
                dx
                        ? context.memory().workspace(context.name() + " transposed kernel",
                                sizes.kernel().transposed().bytes())
                        : null,
                training
                        ? context.memory()
                                .workspace(
                                        context.name() + " transposed recurrent kernel",
                                        sizes.recurrentKernel().transposed().bytes())
                        : null,
                training ? context.gradientScratch() : null);
    }

    RecurrentMemory places(MemorySegment w, RowsView x, RowsView zeros, RecurrentSizes sizes, boolean training) {
        int steps = training ? sizes.time() : RecurrentMemory.forwardChunk(sizes);
        long unitsRow = (long) sizes.unitsLd() * Float.BYTES;
        int gateRows = steps * sizes.batch();
        return new RecurrentMemory(
                sizes.batch(),
                x,
                RecurrentMemory.gates(sizes, w, z.baseBytes(), gateRows),
                preactivation == null ? null : RecurrentMemory.gates(sizes, w, preactivation.baseBytes(), sizes.rows()),
                List.of(new RowsView(w, h.baseBytes(), unitsRow), new RowsView(w, c.baseBytes(), unitsRow)),
                stepRows(w),
                zeros,
                gateRows,
                training);
    }

    /** Which steps count, in processing order. */
    RowsView stepRows(MemorySegment w) {
        return steps == null ? null : new RowsView(w, steps.baseBytes(), Integer.BYTES);
    }

    /** Steps whose gradients of gates lie in whole rows at a time: one, unless the input's gradient wants more. */
    static int backwardChunk(RecurrentSizes sizes, boolean dx) {
        return dx ? RecurrentMemory.chunk(sizes) : 1;
    }

    /** Where a transposed weight lies; it has a layout of its own instead of rows. */
    static RowsView pack(MemorySegment w, Slot slot) {
        return slot == null ? null : new RowsView(w, slot.baseBytes(), 0);
    }
}
