package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * Steps that a mask leaves out: the states of the step before are those of the step after. Copies the units of one member's
 * share, so that members of a team do not wait for each other.
 *
 * @param memory       the rows of a plan
 * @param outputBlocks groups of 16 columns of h, as many as of units where these are shared
 */
record KeptStates(RecurrentMemory memory, int outputBlocks) {

    /** In inference the states other than h lie in one place for all steps, and stay there. */
    void forward(StepPartition split, long fromRow, long toRow, int rows) {
        copy(memory.h(), split.firstBlock(), split.byRows() ? outputBlocks : split.endBlock(), fromRow, toRow, rows);
        for (int state = 1; memory.training() && state < memory.states().size(); state++) {
            copy(memory.states().get(state), split.firstBlock(), split.endBlock(), fromRow, toRow, rows);
        }
    }

    private static void copy(
            RowsView state, int firstBlock, int endBlock, long fromRow, long toRow, int rows) {
        long first = firstBlock * Strips.ROW_BYTES;
        long bytes = (endBlock - firstBlock) * Strips.ROW_BYTES;
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(state.segment(), state.at(fromRow + row) + first, state.segment(),
                    state.at(toRow + row) + first, bytes);
        }
    }
}
