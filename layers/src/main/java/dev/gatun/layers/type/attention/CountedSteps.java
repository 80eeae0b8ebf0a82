package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * Which steps of a sequence count.
 *
 * @param mask [B,T]
 * @param rows of the mask
 */
record CountedSteps(Value mask, RowsView rows) {

    /** @return null if all count */
    static CountedSteps of(Value mask, MemorySegment workspace) {
        return mask == null ? null : new CountedSteps(mask, mask.rows(workspace));
    }

    boolean counts(int step, int sample) {
        return MaskRows.counts(rows, (long) step * mask.batch() + sample);
    }
}
