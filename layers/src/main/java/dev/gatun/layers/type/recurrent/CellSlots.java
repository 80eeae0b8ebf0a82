package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a loop over a cell. Where there is a way back, states and what the cell keeps have rows for every step; else
 * states have two places that take turns, and what is kept has one. Null where a plan does not need it.
 */
record CellSlots(
        List<Rows> states, List<Rows> kept, Rows prepared, Rows dx, List<Rows> dStates, Rows dOutput, Slot steps) {

    /** A place of rows. */
    record Rows(Slot slot, int ld) {
        static Rows of(PlanContext context, String what, long rows, int columns) {
            int ld = LeadingDimension.of(columns);
            return new Rows(context.workspace(what, rows, ld), ld);
        }

        RowsView in(MemorySegment workspace) {
            return new RowsView(workspace, slot.baseBytes(), (long) ld * Float.BYTES);
        }

        static List<RowsView> in(MemorySegment workspace, List<Rows> all) {
            return all.stream().map(rows -> rows.in(workspace)).toList();
        }
    }

    static CellSlots plan(PlanContext context, LoopedCell looped) {
        Value input = context.arguments().input();
        boolean training = context.requiresGradient();
        boolean masked = context.mask() != null;
        boolean prepares = looped.backwards() || masked && training;
        long batch = input.batch();
        long all = input.rows();
        return new CellSlots(
                rows(context, "state", training ? all + batch : 2 * batch, looped.states()),
                rows(context, "kept", training ? all : batch, looped.cell().keeps(training)),
                prepares ? Rows.of(context, "prepared input", all, input.columns()) : null,
                input.requiresGradient()
                        ? Rows.of(context, "prepared input gradient", all, input.columns())
                        : null,
                training ? rows(context, "gradient of state", 2 * batch, looped.states()) : List.of(),
                training ? Rows.of(context, "gradient of output", batch, looped.output()) : null,
                masked ? context.workspace("steps", all, 1) : null);
    }

    private static List<Rows> rows(PlanContext context, String what, long rows, List<Integer> columns) {
        List<Rows> places = new ArrayList<>();
        for (int width : columns) {
            places.add(Rows.of(context, what + " " + places.size(), rows, width));
        }
        return List.copyOf(places);
    }

    RowsView stepRows(MemorySegment workspace) {
        return new RowsView(workspace, steps.baseBytes(), Integer.BYTES);
    }
}
