package dev.gatun.engine.cell;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import java.lang.foreign.MemorySegment;

/** The elementwise part of an LSTM variant for groups of 16 units; with one row the groups themselves are the rows. */
final class VariantLstmSteps implements CellSteps {

    private static final long UNIT_BYTES = Strips.ROW_BYTES;

    private final RecurrentMemory memory;
    private final RecurrentGradients flow;
    private final RowsView c;
    /** Bytes from a group's gates to those of the next. */
    private final long group;
    private final VariantLstmGates many;
    private final VariantLstmGates one;

    /** @param flow what the way back works on, or null */
    VariantLstmSteps(
            CellFunctions functions, LstmVariant variant, Peepholes peepholes, RecurrentMemory memory,
            RecurrentGradients flow) {
        this.memory = memory;
        this.flow = flow;
        this.c = memory.states().get(1);
        RowsView z = memory.z();
        long gate = z.stripBytes();
        this.group = variant.gates() * gate;
        LstmStrides strides = new LstmStrides(gate, z.rowBytes(), c.rowBytes(), memory.h().rowBytes(),
                flow == null ? 0 : flow.dh().rowBytes(), flow == null ? 0 : flow.dStates().get(1).rowBytes(),
                flow == null ? 0 : flow.scratchState().rowBytes());
        long pre = memory.preactivation() == null ? 0 : memory.preactivation().baseBytes() - z.baseBytes();
        this.many = new VariantLstmGates(functions, variant, peepholes, strides, 0, pre);
        this.one = new VariantLstmGates(functions, variant, peepholes,
                new LstmStrides(gate, group, UNIT_BYTES, UNIT_BYTES), UNIT_BYTES, pre);
    }

    @Override
    public void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        if (rows == 1) {
            forward(one, firstBlock, zRow, hNext, carriedRow, carriedNext, endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            forward(many, block, zRow, hNext, carriedRow, carriedNext, rows);
        }
    }

    private void forward(
            VariantLstmGates gates, int block, long zRow, long hNext, long carriedRow, long carriedNext, int rows) {
        MemorySegment w = memory.z().segment();
        long unit = block * UNIT_BYTES;
        gates.forward(w, unit, memory.z().at(zRow) + block * group, c.at(carriedRow) + unit,
                c.at(carriedNext) + unit, memory.h().at(hNext) + unit, rows);
    }

    @Override
    public void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        long unit = block * UNIT_BYTES;
        many.backward(memory.z().segment(), unit, memory.z().at(zRow) + block * group, c.at(stateRow) + unit,
                c.at(nextRow) + unit, flow.dh().at(firstRow) + unit, flow.dStates().get(1).at(firstRow) + unit,
                flow.scratchState().at(firstRow) + unit, rows);
    }
}
