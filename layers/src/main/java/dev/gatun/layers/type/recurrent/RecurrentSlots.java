package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The memory of one recurrent call; null where a plan does not need it. */
record RecurrentSlots(
        Slot z, Slot preactivation, List<Slot> states, Slot read, Slot biases, Slot prepared, Slot dPrepared,
        DropSlots drops,
        Slot steps, List<Slot> dStates, Slot scratchState, Slot dz,
        Slot kernelPack, Slot recurrentPack, Slot rowSums, ProjectionSlots projection, Slot scratch) {

    static RecurrentSlots plan(PlanContext context, RecurrentSizes sizes, RecurrentLayer<?> config, CellKernel cell) {
        boolean training = context.requiresGradient();
        Value input = context.arguments().input();
        boolean dx = input.requiresGradient();
        boolean masked = context.mask() != null;
        int batch = sizes.batch();
        int unitsLd = sizes.unitsLd();
        int steps = training ? sizes.time() : RecurrentMemory.forwardChunk(sizes);
        long stateRows = (long) sizes.rows() + batch;
        DropSlots drops = DropSlots.isNeeded(context, config) ? DropSlots.plan(context, sizes, config) : null;
        boolean prepares = config.goesBackwards() || drops != null && drops.areShared() || masked && training;
        boolean pre = training && cell.keepsPreactivations();
        context.memory().zeros(Math.max(Math.max(sizes.gatesLd(), sizes.outputsLd()), Math.max(unitsLd, input.ld())));
        return new RecurrentSlots(
                context.workspace("gates", 1, RecurrentMemory.gateFloats(sizes, steps * batch)),
                pre
                        ? context.workspace("pre-activations", 1, RecurrentMemory.gateFloats(sizes, sizes.rows()))
                        : null,
                states(context, cell, stateRows, training ? stateRows : batch, sizes),
                cell.gates().stages() > 1
                        ? context.workspace("reset h", training ? stateRows : batch, unitsLd)
                        : null,
                cell.gates().hasTwoBiases() || !cell.biasOffsets().isEmpty()
                        ? context.workspace("biases", 1, sizes.gatesLd())
                        : null,
                prepares ? context.workspace("prepared input", sizes.rows(), input.ld()) : null,
                prepares && dx ? context.workspace("prepared input gradient", sizes.rows(), input.ld()) : null,
                drops,
                masked ? context.workspace("steps", sizes.rows(), 1) : null,
                training ? dStates(context, cell, sizes) : List.of(),
                training ? context.workspace("cell gradient", (long) cell.scratchRows() * batch, unitsLd) : null,
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
                training && cell.rowSums(sizes) > 0
                        ? context.workspace("row sums", batch, cell.rowSums(sizes))
                        : null,
                cell.projects() ? ProjectionSlots.plan(context, sizes, training) : null,
                training ? context.gradientScratch() : null);
    }

    /** Of h as many as there are steps, since it is what is returned. */
    private static List<Slot> states(PlanContext context, CellKernel cell, long hRows, long otherRows,
            RecurrentSizes sizes) {
        List<Slot> slots = new ArrayList<>(List.of(context.workspace("h", hRows, sizes.outputsLd())));
        for (int i = 1; i < cell.states(); i++) {
            slots.add(context.workspace("state " + i, otherRows, sizes.unitsLd()));
        }
        return slots;
    }

    private static List<Slot> dStates(PlanContext context, CellKernel cell, RecurrentSizes sizes) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < cell.states(); i++) {
            slots.add(context.workspace("gradient of state " + i, sizes.batch(),
                    i == 0 ? sizes.outputsLd() : sizes.unitsLd()));
        }
        return slots;
    }

    /** The place of h. */
    Slot h() {
        return states.getFirst();
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
                rows(w, states, sizes),
                read == null ? null : new RowsView(w, read.baseBytes(), unitsRow),
                biases == null ? null : new RowsView(w, biases.baseBytes(), 0),
                projection == null ? null : projection.places(w, sizes),
                stepRows(w),
                zeros,
                gateRows,
                training);
    }

    /** The running gradients of the states. */
    List<RowsView> dStateRows(MemorySegment w, RecurrentSizes sizes) {
        return rows(w, dStates, sizes);
    }

    private static List<RowsView> rows(MemorySegment w, List<Slot> slots, RecurrentSizes sizes) {
        List<RowsView> rows = new ArrayList<>();
        for (Slot slot : slots) {
            long ld = rows.isEmpty() ? sizes.outputsLd() : sizes.unitsLd();
            rows.add(new RowsView(w, slot.baseBytes(), ld * Float.BYTES));
        }
        return List.copyOf(rows);
    }

    /** Which steps count, in processing order. */
    RowsView stepRows(MemorySegment w) {
        return steps == null ? null : new RowsView(w, steps.baseBytes(), Integer.BYTES);
    }

    /** Steps whose gradients of gates lie in whole rows at a time: one, unless the input's gradient wants more. */
    static int backwardChunk(RecurrentSizes sizes, boolean dx) {
        return dx ? RecurrentMemory.chunk(sizes) : 1;
    }

    /** What the cell sums up for each row of the batch. */
    RowsView sums(MemorySegment w, RecurrentSizes sizes, CellKernel cell) {
        return rowSums == null
                ? null
                : new RowsView(w, rowSums.baseBytes(), (long) cell.rowSums(sizes) * Float.BYTES);
    }

    /** Where a transposed weight lies; it has a layout of its own instead of rows. */
    static RowsView pack(MemorySegment w, Slot slot) {
        return slot == null ? null : new RowsView(w, slot.baseBytes(), 0);
    }
}
