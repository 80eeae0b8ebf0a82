package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.rnn.ProjectionMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;

/** The memory of a call whose cell projects h; all but the first is null in a plan that only goes forward. */
record ProjectionSlots(Slot unprojected, Slot gradient, Slot dh, Slot pack) {

    static ProjectionSlots plan(PlanContext context, RecurrentSizes sizes, boolean training) {
        PlanMemory memory = context.memory();
        long rows = (long) sizes.rows() + sizes.batch();
        return new ProjectionSlots(
                context.workspace("unprojected h", rows, sizes.unitsLd()),
                training ? context.workspace("gradient of unprojected h", sizes.batch(), sizes.unitsLd()) : null,
                training ? context.workspace("gradients of h", sizes.rows(), sizes.outputsLd()) : null,
                training
                        ? memory.workspace(context.name() + " transposed projection",
                                WeightLayout.plain(sizes.units(), sizes.outputs()).transposed().bytes())
                        : null);
    }

    ProjectionMemory places(MemorySegment w, RecurrentSizes sizes) {
        long units = (long) sizes.unitsLd() * Float.BYTES;
        return new ProjectionMemory(
                new RowsView(w, unprojected.baseBytes(), units),
                gradient == null ? null : new RowsView(w, gradient.baseBytes(), units),
                dh == null ? null : new RowsView(w, dh.baseBytes(), (long) sizes.outputsLd() * Float.BYTES),
                RecurrentSlots.pack(w, pack));
    }
}
