package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;

/**
 * Which keys each query sees, as it was given; an axis of size 1 stands for all.
 *
 * @param mask [B,T,S]
 * @param rows of the mask
 */
record AttentionMask(Value mask, RowsView rows) {

    /** @return null if all are seen */
    static AttentionMask of(Value mask, MemorySegment workspace) {
        return mask == null ? null : new AttentionMask(mask, mask.rows(workspace));
    }

    boolean sees(int step, int key, int sample) {
        long keys = mask.shape().last();
        long at = (mask.shape().dim(1) == 1 ? 0 : step) * keys + (keys == 1 ? 0 : key);
        return MaskRows.counts(rows, at * mask.batch() + sample);
    }
}
