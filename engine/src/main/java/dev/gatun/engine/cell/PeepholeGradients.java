package dev.gatun.engine.cell;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.rnn.CellWeightGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/**
 * The gradients of an LSTM's peepholes: for each unit the sum over all rows of a gate's gradient times the cell state that the
 * gate saw.
 */
final class PeepholeGradients implements CellWeightGradients {

    private final LstmVariant variant;
    private final RecurrentMemory memory;
    private final Peepholes gradients;
    private final RowsView c;
    private final int units;
    private final int largestBatch;

    PeepholeGradients(LstmVariant variant, RecurrentSizes sizes, RecurrentMemory memory, Peepholes gradients) {
        this.variant = variant;
        this.memory = memory;
        this.gradients = gradients;
        this.c = memory.states().get(1);
        this.units = sizes.units();
        this.largestBatch = sizes.batch();
    }

    @Override
    public void share(int batch, int time, int member, int size) {
        int blocks = Strips.padded(units) / Strips.WIDTH;
        int endBlock = Partition.first(blocks, member + 1, size);
        int rows = batch * time;
        long first = largestBatch - batch;
        for (int block = Partition.first(blocks, member, size); block < endBlock; block++) {
            for (int row = 0; row < rows; row++) {
                row(block, row, first + row, first + batch + row);
            }
        }
    }

    /** Units that only pad the last group have no weights, and their states may be no numbers. */
    private void row(int block, long zRow, long before, long after) {
        MemorySegment w = memory.z().segment();
        long gate = memory.z().stripBytes();
        long unit = block * Strips.ROW_BYTES;
        long z = memory.z().at(zRow) + block * variant.gates() * gate;
        int count = Math.min(Strips.WIDTH, units - block * Strips.WIDTH);
        for (long x = 0; x < (long) count * Float.BYTES; x += Float.BYTES) {
            float seen = w.get(JAVA_FLOAT, c.at(before) + unit + x);
            gradients.add(gradients.input(), unit + x, w.get(JAVA_FLOAT, z + x), seen);
            gradients.add(gradients.forget(), unit + x, w.get(JAVA_FLOAT, z + gate + x), seen);
            gradients.add(gradients.output(), unit + x, w.get(JAVA_FLOAT, z + variant.output() * gate + x),
                    w.get(JAVA_FLOAT, c.at(after) + unit + x));
        }
    }
}
