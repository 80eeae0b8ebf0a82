package dev.gatun.engine.cell;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.Panels;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;

/**
 * The elementwise part of an LSTM for groups of 16 units: chooses the kernel the functions call for. With one row the groups
 * themselves are the kernel's rows, so that one call serves them all.
 *
 * @param functions the cell's nonlinearities
 * @param memory    what the kernels work on
 * @param c         the cell state
 * @param flow      what the way back works on, or null
 */
record LstmSteps(LstmFunctions functions, RecurrentMemory memory, RowsView c, RecurrentGradients flow)
        implements
            CellSteps {

    private static final long UNIT_BYTES = (long) Panels.STRIP * Float.BYTES;

    @Override
    public void forward(
            int firstBlock, int endBlock, long zRow, long hNext, long carriedRow, long carriedNext, int rows) {
        long z = memory.z().at(zRow);
        long cPrevious = c.at(carriedRow);
        long cNext = c.at(carriedNext);
        long h = memory.h().at(hNext);
        long pre = preactivation(zRow);
        if (rows == 1) {
            forward(firstBlock, z, pre, memory.z().panelBytes(), cPrevious, cNext, UNIT_BYTES, h, UNIT_BYTES,
                    endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            forward(block, z, pre, memory.z().rowBytes(), cPrevious, cNext, c.rowBytes(), h, memory.h().rowBytes(),
                    rows);
        }
    }

    private void forward(
            int block, long z, long pre, long zRow, long cPrevious, long cNext, long cRow, long h, long hRow,
            int rows) {
        var w = memory.z().segment();
        long gate = block * memory.z().panelBytes();
        long unit = block * UNIT_BYTES;
        if (!functions.isStandard()) {
            GenericLstmGates.forward(
                    functions, w, z + gate, zRow, pre == GenericLstmGates.NONE ? pre : pre + gate, cPrevious + unit,
                    cNext + unit,
                    cRow, h + unit, hRow, rows);
        } else if (KernelChoice.isScalarNow()) {
            ScalarLstmGates.forward(w, z + gate, zRow, cPrevious + unit, cNext + unit, cRow, h + unit, hRow, rows);
        } else {
            LstmGates.forward(w, z + gate, zRow, cPrevious + unit, cNext + unit, cRow, h + unit, hRow, rows);
        }
    }

    private long preactivation(long zRow) {
        return memory.preactivation() == null ? GenericLstmGates.NONE : memory.preactivation().at(zRow);
    }

    @Override
    public void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        RowsView z = memory.z();
        RowsView dh = flow.dh();
        RowsView dc = flow.dStates().get(1);
        RowsView t = flow.scratchState();
        var w = z.segment();
        long gate = block * z.panelBytes();
        long unit = block * UNIT_BYTES;
        if (!functions.isStandard()) {
            long pre = preactivation(zRow);
            GenericLstmGates.backward(
                    functions, w, z.at(zRow) + gate, z.rowBytes(), pre == GenericLstmGates.NONE ? pre : pre + gate,
                    c.at(stateRow) + unit, c.at(nextRow) + unit, c.rowBytes(), dh.at(firstRow) + unit, dh.rowBytes(),
                    dc.at(firstRow) + unit, dc.rowBytes(), rows);
        } else if (KernelChoice.SCALAR) {
            ScalarLstmGates.backward(
                    w, z.at(zRow) + gate, z.rowBytes(), c.at(stateRow) + unit, c.at(nextRow) + unit, c.rowBytes(),
                    dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), t.at(firstRow) + unit,
                    t.rowBytes(), rows);
        } else {
            LstmGates.backward(
                    w, z.at(zRow) + gate, z.rowBytes(), c.at(stateRow) + unit, c.at(nextRow) + unit, c.rowBytes(),
                    dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), t.at(firstRow) + unit,
                    t.rowBytes(), rows);
        }
    }
}
