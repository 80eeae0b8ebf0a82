package dev.gatun.engine.rnn;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/**
 * Keeps what the gates read under dropout's masks: x once in a run, h after each step, for the step that follows. What stage 1
 * reads is multiplied where it lies.
 */
final class DroppedReads {

    private final RecurrentMemory memory;
    private final GateDrops drops;
    private final long inputBytes;
    /** Gates whose recurrent product reads h. */
    private final int[] ofState;
    /** The gate whose recurrent product reads what stage 0 makes of h, or -1. */
    private final int ofRead;

    DroppedReads(RecurrentSizes sizes, RecurrentMemory memory, GateDrops drops) {
        this.memory = memory;
        this.drops = drops;
        this.inputBytes = (long) Strips.padded(sizes.inputs()) * Float.BYTES;
        this.ofState = gates(sizes.gates(), 0);
        int[] later = sizes.gates().stages() > 1 ? gates(sizes.gates(), 1) : new int[0];
        if (later.length > 1) {
            throw new IllegalArgumentException(
                    "Dropout multiplies what stage 1 reads where it lies, so one gate reads it, got " + later.length);
        }
        this.ofRead = later.length == 0 ? -1 : later[0];
    }

    private static int[] gates(CellGates gates, int stage) {
        return gates.groups().stream().filter(group -> group.readsState() && group.stage() == stage)
                .flatMap(group -> group.gates().stream()).mapToInt(Integer::intValue).toArray();
    }

    /** Rows {@code first ... end - 1} of what the gates read of x. */
    void inputs(int first, int end, int batch) {
        for (int gate = 0; gate < drops.inputs().size(); gate++) {
            RowsView mask = drops.inputMasks().get(gate);
            for (int row = first; row < end; row++) {
                copy(memory.x(), row, drops.inputs().get(gate), row, 0, inputBytes);
                multiply(mask, row % batch, drops.inputs().get(gate), row, 0, inputBytes);
            }
        }
    }

    /** What the gates read of h, of some groups of 16 units. */
    void states(int firstBlock, int endBlock, long stateRow, int sample, int rows) {
        long from = firstBlock * Strips.ROW_BYTES;
        long bytes = (endBlock - firstBlock) * Strips.ROW_BYTES;
        for (int i = 0; i < ofState.length; i++) {
            RowsView to = drops.states().get(ofState[i]);
            for (int row = 0; row < rows; row++) {
                copy(memory.h(), stateRow + row, to, stateRow + row, from, bytes);
                multiply(drops.stateMasks().get(ofState[i]), sample + row, to, stateRow + row, from, bytes);
            }
        }
    }

    /** What stage 1 reads, of some groups of 16 units, once stage 0 has made it. */
    void read(int firstBlock, int endBlock, long readRow, int sample, int rows) {
        for (int row = 0; row < rows; row++) {
            multiply(drops.stateMasks().get(ofRead), sample + row, memory.read(), readRow + row,
                    firstBlock * Strips.ROW_BYTES, (endBlock - firstBlock) * Strips.ROW_BYTES);
        }
    }

    private static void copy(RowsView from, long fromRow, RowsView to, long toRow, long first, long bytes) {
        MemorySegment.copy(from.segment(), from.at(fromRow) + first, to.segment(), to.at(toRow) + first, bytes);
    }

    private static void multiply(RowsView mask, long sample, RowsView rows, long row, long first, long bytes) {
        BlockArithmetic.multiply(mask.segment(), mask.at(sample) + first, rows.segment(), rows.at(row) + first,
                (int) (bytes / Float.BYTES));
    }
}
