package dev.gatun.engine.lstm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.Panels;
import dev.gatun.engine.gemm.Rows;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;

/**
 * The elementwise part of a cell for groups of 16 units: chooses the kernel the functions call for. With one row the groups
 * themselves are the kernel's rows, so that one call serves them all.
 *
 * @param functions the cell's nonlinearities
 * @param memory    what the kernels work on
 */
record Gates(LstmFunctions functions, LstmMemory memory) {

    private static final long UNIT_BYTES = (long) Panels.STRIP * Float.BYTES;

    /** Rows {@code zRow ...} of z become gate values, and rows {@code cNextRow ...} of c and {@code hRow ...} of h follow. */
    void forward(int firstBlock, int endBlock, long zRow, long cPreviousRow, long cNextRow, long hRow, int rows) {
        long z = memory.z().at(zRow);
        long cPrevious = memory.c().at(cPreviousRow);
        long cNext = memory.c().at(cNextRow);
        long h = memory.h().at(hRow);
        long pre = preactivation(zRow);
        if (rows == 1) {
            forward(firstBlock, z, pre, memory.z().panelBytes(), cPrevious, cNext, UNIT_BYTES, h, UNIT_BYTES,
                    endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            forward(block, z, pre, memory.z().rowBytes(), cPrevious, cNext, memory.c().rowBytes(), h,
                    memory.h().rowBytes(), rows);
        }
    }

    private void forward(
            int block, long z, long pre, long zRow, long cPrevious, long cNext, long cRow, long h, long hRow,
            int rows) {
        var w = memory.z().segment();
        long gate = block * memory.z().panelBytes();
        long unit = block * UNIT_BYTES;
        if (!functions.isStandard()) {
            GenericGates.forward(
                    functions, w, z + gate, zRow, pre == GenericGates.NONE ? pre : pre + gate, cPrevious + unit,
                    cNext + unit,
                    cRow, h + unit, hRow, rows);
        } else if (KernelChoice.isScalarNow()) {
            ScalarLstmGates.forward(w, z + gate, zRow, cPrevious + unit, cNext + unit, cRow, h + unit, hRow, rows);
        } else {
            LstmGates.forward(w, z + gate, zRow, cPrevious + unit, cNext + unit, cRow, h + unit, hRow, rows);
        }
    }

    private long preactivation(long zRow) {
        return memory.preactivation() == null ? GenericGates.NONE : memory.preactivation().at(zRow);
    }

    /** Rows of gate values become gradients of the pre-activations; dc goes from step t to step t - 1. */
    void backward(int block, long zRow, long cPreviousRow, long cNextRow, LstmGradients flow, int firstRow, int rows) {
        Rows z = memory.z();
        Rows c = memory.c();
        Rows dh = flow.dh();
        Rows dc = flow.dc();
        Rows t = flow.cellTanh();
        var w = z.segment();
        long gate = block * z.panelBytes();
        long unit = block * UNIT_BYTES;
        if (!functions.isStandard()) {
            long pre = preactivation(zRow);
            GenericGates.backward(
                    functions, w, z.at(zRow) + gate, z.rowBytes(), pre == GenericGates.NONE ? pre : pre + gate,
                    c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(), dh.at(firstRow) + unit,
                    dh.rowBytes(),
                    dc.at(firstRow) + unit, dc.rowBytes(), rows);
        } else if (KernelChoice.SCALAR) {
            ScalarLstmGates.backward(
                    w, z.at(zRow) + gate, z.rowBytes(), c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(),
                    dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), t.at(firstRow) + unit,
                    t.rowBytes(), rows);
        } else {
            LstmGates.backward(
                    w, z.at(zRow) + gate, z.rowBytes(), c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(),
                    dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), t.at(firstRow) + unit,
                    t.rowBytes(), rows);
        }
    }
}
