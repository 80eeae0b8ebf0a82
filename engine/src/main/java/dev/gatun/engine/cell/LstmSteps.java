package dev.gatun.engine.cell;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.ReluLstmGates;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of an LSTM for groups of 16 units: chooses the kernel the functions call for. With one row the groups
 * themselves are the kernel's rows, so that one call serves them all.
 */
final class LstmSteps implements CellSteps {

    private static final long UNIT_BYTES = Strips.ROW_BYTES;

    private final CellFunctions functions;
    private final RecurrentMemory memory;
    private final RowsView c;
    private final RecurrentGradients flow;
    /** Bytes from a group's gates to those of the next. */
    private final long group;
    private final LstmStrides strides;
    private final LstmStrides ofOneRow;

    /**
     * @param functions the cell's nonlinearities
     * @param memory    what the kernels work on
     * @param c         the cell state
     * @param flow      what the way back works on, or null
     */
    LstmSteps(CellFunctions functions, RecurrentMemory memory, RowsView c, RecurrentGradients flow) {
        this.functions = functions;
        this.memory = memory;
        this.c = c;
        this.flow = flow;
        long gate = memory.z().stripBytes();
        this.group = LstmCell.GATES * gate;
        this.ofOneRow = new LstmStrides(gate, group, UNIT_BYTES, UNIT_BYTES);
        long h = memory.h().rowBytes();
        this.strides = flow == null
                ? new LstmStrides(gate, memory.z().rowBytes(), c.rowBytes(), h)
                : new LstmStrides(gate, memory.z().rowBytes(), c.rowBytes(), h, flow.dh().rowBytes(),
                        flow.dStates().get(1).rowBytes(), flow.scratchState().rowBytes());
    }

    @Override
    public void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        if (rows == 1) {
            forward(ofOneRow, firstBlock, zRow, hNext, carriedRow, carriedNext, endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            forward(strides, block, zRow, hNext, carriedRow, carriedNext, rows);
        }
    }

    private void forward(
            LstmStrides layout, int block, long zRow, long hNext, long carriedRow, long carriedNext, int rows) {
        MemorySegment w = memory.z().segment();
        long unit = block * UNIT_BYTES;
        long z = memory.z().at(zRow) + block * group;
        long before = c.at(carriedRow) + unit;
        long after = c.at(carriedNext) + unit;
        long h = memory.h().at(hNext) + unit;
        if (functions.isRelu() && !KernelChoice.isScalarNow()) {
            ReluLstmGates.forward(w, layout, z, before, after, h, rows);
        } else if (!functions.isStandard() && functions.areKernels()) {
            KernelLstmGates.forward(functions, w, layout, z, preactivation(zRow, block), before, after, h, rows);
        } else if (!functions.isStandard()) {
            GenericLstmGates.forward(functions, w, layout, z, preactivation(zRow, block), before, after, h, rows);
        } else if (KernelChoice.isScalarNow()) {
            ScalarLstmGates.forward(w, layout, z, before, after, h, rows);
        } else {
            LstmGates.forward(w, layout, z, before, after, h, rows);
        }
    }

    private long preactivation(long zRow, int block) {
        RowsView pre = memory.preactivation();
        return pre == null ? GenericLstmGates.NONE : pre.at(zRow) + block * group;
    }

    @Override
    public void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        MemorySegment w = memory.z().segment();
        long unit = block * UNIT_BYTES;
        long z = memory.z().at(zRow) + block * group;
        long before = c.at(stateRow) + unit;
        long after = c.at(nextRow) + unit;
        long dh = flow.dh().at(firstRow) + unit;
        long dc = flow.dStates().get(1).at(firstRow) + unit;
        long t = flow.scratchState().at(firstRow) + unit;
        if (functions.isRelu() && !KernelChoice.SCALAR) {
            ReluLstmGates.backward(w, strides, z, before, after, dh, dc, rows);
        } else if (!functions.isStandard()) {
            GenericLstmGates.backward(
                    functions, w, strides, z, preactivation(zRow, block), before, after, dh, dc, rows);
        } else if (KernelChoice.SCALAR) {
            ScalarLstmGates.backward(w, strides, z, before, after, dh, dc, t, rows);
        } else {
            LstmGates.backward(w, strides, z, before, after, dh, dc, t, rows);
        }
    }
}
