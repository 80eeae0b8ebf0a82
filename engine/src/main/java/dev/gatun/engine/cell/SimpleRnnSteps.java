package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.StripActivation;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;

/**
 * The elementwise part of a simple cell: an activation from z to h. With one row the groups of 16 units are the rows, so that one
 * call serves them all.
 *
 * @param activation of the cell
 * @param memory     the rows of a plan
 * @param flow       of the way back, or null
 */
record SimpleRnnSteps(ActivationFormula activation, RecurrentMemory memory, RecurrentGradients flow)
        implements
            CellSteps {

    private static final long UNIT_BYTES = Strips.ROW_BYTES;

    @Override
    public void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        if (rows == 1) {
            StripActivation.forward(activation, memory.z().segment(), z(firstBlock, zRow), memory.z().stripBytes(),
                    h(firstBlock, hNext), UNIT_BYTES, endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            StripActivation.forward(activation, memory.z().segment(), z(block, zRow), memory.z().rowBytes(),
                    h(block, hNext), memory.h().rowBytes(), rows);
        }
    }

    @Override
    public void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        StripActivation.backward(activation, memory.z().segment(), z(block, zRow), memory.z().rowBytes(),
                h(block, nextRow), memory.h().rowBytes(), flow.dh().at(firstRow) + block * UNIT_BYTES,
                flow.dh().rowBytes(), rows);
    }

    private long z(int block, long row) {
        return memory.z().at(row) + block * memory.z().stripBytes();
    }

    private long h(int block, long row) {
        return memory.h().at(row) + block * UNIT_BYTES;
    }
}
