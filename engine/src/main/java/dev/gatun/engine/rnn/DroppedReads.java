package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;

/**
 * Keeps what the gates read under dropout's masks: x once in a run, h after each step, for the step that follows. What stage 1
 * reads is multiplied where it lies.
 */
final class DroppedReads {

    private final RecurrentMemory memory;
    private final GateDrops drops;
    private final RowRuns allOfInput;
    private final ColumnShares units;
    /** Gates whose recurrent product reads h. */
    private final int[] ofState;
    /** The gate whose recurrent product reads what stage 0 makes of h, or -1. */
    private final int ofRead;

    /** @param members of the team that shares the steps */
    DroppedReads(RecurrentSizes sizes, RecurrentMemory memory, GateDrops drops, int members) {
        this.memory = memory;
        this.drops = drops;
        this.allOfInput = new RowRuns(0, (long) Strips.padded(sizes.inputs()) * Float.BYTES, true);
        this.units = new ColumnShares(sizes.unitBlocks(), members);
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
            RowsView to = drops.inputs().get(gate);
            allOfInput.copy(memory.x(), first, to, first, end - first);
            allOfInput.multiplySamples(drops.inputMasks().get(gate), to, first, end - first, batch);
        }
    }

    /** What the gates read of h, of some groups of 16 units. */
    void states(StepPartition split, long stateRow, int sample, int rows) {
        RowRuns share = units.of(split.firstBlock(), split.endBlock());
        for (int i = 0; i < ofState.length; i++) {
            RowsView to = drops.states().get(ofState[i]);
            share.copy(memory.h(), stateRow, to, stateRow, rows);
            share.multiply(drops.stateMasks().get(ofState[i]), sample, to, stateRow, rows);
        }
    }

    /** What stage 1 reads, of some groups of 16 units, once stage 0 has made it. */
    void read(StepPartition split, long readRow, int sample, int rows) {
        units.of(split.firstBlock(), split.endBlock()).multiply(drops.stateMasks().get(ofRead), sample, memory.read(),
                readRow, rows);
    }
}
