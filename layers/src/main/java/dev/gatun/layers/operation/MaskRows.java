package dev.gatun.layers.operation;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;

/** Reads the rows of a mask, one number each. */
public final class MaskRows {

    private MaskRows() {}

    /**
     * Whether a step counts.
     *
     * @param steps rows of a mask; null if every step counts
     * @param row   of the mask, t B + b
     * @return false where the mask has 0
     */
    public static boolean counts(RowsView steps, long row) {
        return steps == null || steps.segment().get(JAVA_INT, steps.at(row)) != 0;
    }
}
