package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.team.Partition;

/** The columns of rows that members of a team share: all, or each member's strips of 16; made once, so that no step makes any. */
final class ColumnShares {

    private static final RowRuns NONE = new RowRuns(0, 0, false);

    private final int strips;
    private final RowRuns all;
    private final RowRuns[] byFirst;

    /**
     * @param strips  of a row
     * @param members of the team
     */
    ColumnShares(int strips, int members) {
        this.strips = strips;
        this.all = new RowRuns(0, strips * Strips.ROW_BYTES, true);
        this.byFirst = new RowRuns[strips + 1];
        for (int member = 0; member < members; member++) {
            int first = Partition.first(strips, member, members);
            int end = Partition.first(strips, member + 1, members);
            if (first < end) {
                byFirst[first] = new RowRuns(first * Strips.ROW_BYTES, (end - first) * Strips.ROW_BYTES, false);
            }
        }
    }

    /** A member's strips, or all. */
    RowRuns of(int firstStrip, int endStrip) {
        if (firstStrip == endStrip) {
            return NONE;
        }
        return firstStrip == 0 && endStrip == strips ? all : byFirst[firstStrip];
    }
}
