package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.GateDrops;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of dropout. Without recurrent dropout one mask of the input serves all gates, and the input is multiplied where it
 * is prepared; with it each gate has masks of its own, of the input too, as in Keras.
 *
 * @param inputMasks   of the input; none if nothing of it falls
 * @param stateMasks   of h, for each gate; none without recurrent dropout
 * @param inputs       what the gates read of x, if each has a mask
 * @param states       what the gates read of h
 * @param stateProduct place for one gate's part of the gradient of h
 * @param inputProduct place for one gate's part of the gradient of x, or null
 */
record DropSlots(
        List<Slot> inputMasks, List<Slot> stateMasks, List<Slot> inputs, List<Slot> states, Slot stateProduct,
        Slot inputProduct) {

    /** Whether anything falls in a plan's runs. */
    static boolean isNeeded(PlanContext context, RecurrentLayer<?> config) {
        return context.mode().dropout() && (config.dropout() > 0 || config.recurrentDropout() > 0);
    }

    static DropSlots plan(PlanContext context, RecurrentSizes sizes, RecurrentLayer<?> config) {
        int gates = sizes.gates().kernelOrder().gates();
        boolean perGate = config.recurrentDropout() > 0;
        boolean ofInput = config.dropout() > 0;
        int inputLd = context.arguments().input().ld();
        int unitsLd = sizes.unitsLd();
        int batch = sizes.batch();
        long stateRows = (long) sizes.rows() + batch;
        boolean dx = perGate && context.arguments().input().requiresGradient();
        return new DropSlots(
                slots(context, "input mask", !ofInput ? 0 : perGate ? gates : 1, batch, inputLd),
                slots(context, "mask of h", perGate ? gates : 0, batch, unitsLd),
                slots(context, "masked input", perGate && ofInput ? gates : 0, sizes.rows(), inputLd),
                perGate ? states(context, sizes.gates(), stateRows, unitsLd) : List.of(),
                perGate ? context.workspace("part of h's gradient", batch, unitsLd) : null,
                dx
                        ? context.workspace("part of the input's gradient",
                                (long) RecurrentSlots.backwardChunk(sizes, true) * batch, inputLd)
                        : null);
    }

    private static List<Slot> slots(PlanContext context, String what, int count, long rows, int ld) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(context.workspace(what + " " + i, rows, ld));
        }
        return slots;
    }

    /** A gate that reads what another one left of h has no place of its own: that is multiplied where it lies. */
    private static List<Slot> states(PlanContext context, CellGates gates, long rows, int ld) {
        List<Slot> slots = new ArrayList<>();
        for (int gate = 0; gate < gates.kernelOrder().gates(); gate++) {
            int number = gate;
            boolean readsH = gates.groups().stream()
                    .anyMatch(group -> group.stage() == 0 && group.gates().contains(number));
            slots.add(readsH ? context.workspace("masked h " + gate, rows, ld) : null);
        }
        return slots;
    }

    /** Whether one mask of the input serves all gates. */
    boolean areShared() {
        return stateMasks.isEmpty();
    }

    /** What the loop works on; null if one mask serves all gates. */
    GateDrops places(MemorySegment w, RecurrentSizes sizes, RowsView x) {
        if (areShared()) {
            return null;
        }
        long units = (long) sizes.unitsLd() * Float.BYTES;
        return new GateDrops(rows(w, inputs, x.rowBytes()), rows(w, inputMasks, x.rowBytes()), rows(w, states, units),
                rows(w, stateMasks, units), row(w, stateProduct, units), row(w, inputProduct, x.rowBytes()));
    }

    /** The masks, which are drawn anew for each batch. */
    DropMasks masks(MemorySegment w, RecurrentSizes sizes, RowsView x, RecurrentLayer<?> config, long call) {
        return new DropMasks(
                new DropMasks.Kind(rows(w, inputMasks, x.rowBytes()), sizes.inputs(), (float) config.dropout(), 0),
                new DropMasks.Kind(rows(w, stateMasks, (long) sizes.unitsLd() * Float.BYTES), sizes.units(),
                        (float) config.recurrentDropout(), DropMasks.OF_STATE),
                call);
    }

    private static List<RowsView> rows(MemorySegment w, List<Slot> slots, long rowBytes) {
        List<RowsView> rows = new ArrayList<>();
        for (Slot slot : slots) {
            rows.add(row(w, slot, rowBytes));
        }
        return rows;
    }

    private static RowsView row(MemorySegment w, Slot slot, long rowBytes) {
        return slot == null ? null : new RowsView(w, slot.baseBytes(), rowBytes);
    }
}
