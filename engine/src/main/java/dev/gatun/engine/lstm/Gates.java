package dev.gatun.engine.lstm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.Panels;
import dev.gatun.engine.gemm.Rows;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;

/**
 * The elementwise part of a cell for a group of 16 units: chooses the kernel the functions call for.
 *
 * @param functions the cell's nonlinearities
 * @param memory    what the kernels work on
 */
record Gates(LstmFunctions functions, LstmMemory memory) {

    private static final long UNIT_BYTES = (long) Panels.STRIP * Float.BYTES;
    private static final long GATE_BYTES = (long) Panels.PANEL * Float.BYTES;

    /** Rows {@code zRow ...} of z become gate values, and rows {@code cNextRow ...} of c and {@code hRow ...} of h follow. */
    void forward(int block, long zRow, long cPreviousRow, long cNextRow, long hRow, int rows) {
        Rows z = memory.z();
        Rows c = memory.c();
        Rows h = memory.h();
        long zAt = z.at(zRow) + block * GATE_BYTES;
        long unit = block * UNIT_BYTES;
        if (!functions.isStandard()) {
            long pre = memory.preactivation() == null
                    ? GenericGates.NONE
                    : memory.preactivation().at(zRow) + block * GATE_BYTES;
            GenericGates.forward(
                    functions, z.segment(), zAt, z.rowBytes(), pre, c.at(cPreviousRow) + unit, c.at(cNextRow) + unit,
                    c.rowBytes(), h.at(hRow) + unit, h.rowBytes(), rows);
        } else if (KernelChoice.SCALAR) {
            ScalarLstmGates.forward(
                    z.segment(), zAt, z.rowBytes(), c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(),
                    h.at(hRow) + unit, h.rowBytes(), rows);
        } else {
            LstmGates.forward(
                    z.segment(), zAt, z.rowBytes(), c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(),
                    h.at(hRow) + unit, h.rowBytes(), rows);
        }
    }

    /** Rows of gate values become gradients of the pre-activations; dc goes from step t to step t - 1. */
    void backward(int block, long zRow, long cPreviousRow, long cNextRow, Rows dh, Rows dc, int firstRow, int rows) {
        Rows z = memory.z();
        Rows c = memory.c();
        long zAt = z.at(zRow) + block * GATE_BYTES;
        long unit = block * UNIT_BYTES;
        if (!functions.isStandard()) {
            long pre = memory.preactivation() == null
                    ? GenericGates.NONE
                    : memory.preactivation().at(zRow) + block * GATE_BYTES;
            GenericGates.backward(
                    functions, z.segment(), zAt, z.rowBytes(), pre, c.at(cPreviousRow) + unit, c.at(cNextRow) + unit,
                    c.rowBytes(), dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), rows);
        } else if (KernelChoice.SCALAR) {
            ScalarLstmGates.backward(
                    z.segment(), zAt, z.rowBytes(), c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(),
                    dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), rows);
        } else {
            LstmGates.backward(
                    z.segment(), zAt, z.rowBytes(), c.at(cPreviousRow) + unit, c.at(cNextRow) + unit, c.rowBytes(),
                    dh.at(firstRow) + unit, dh.rowBytes(), dc.at(firstRow) + unit, dc.rowBytes(), rows);
        }
    }
}
