package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * Where the gradient of a value goes that a recurrent call was given.
 *
 * @param rows its place
 * @param add  whether something is there already
 */
record GivenGradient(RowsView rows, boolean add) {

    /** @return null if nobody wants it */
    static GivenGradient of(Value value, MemorySegment workspace) {
        return value.requiresGradient() ? new GivenGradient(value.gradient(workspace), value.claimGradient()) : null;
    }

    /** Hands on the gradient of a state that a batch began at, if somebody wants it. */
    static void pass(RowsView from, GivenGradient to, int batch, int width) {
        if (to != null) {
            RowCopy.pass(from, to.rows, to.add, batch, width);
        }
    }
}
