package dev.gatun.engine.cell;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import java.lang.foreign.MemorySegment;

/**
 * Steps of a cell one of whose functions looks at all units at once, as softmax does: row by row of the batch, one number at a
 * time. A function's row is gathered from the strips of its gate, and put back.
 */
abstract class RowSteps implements CellSteps {

    /** Rows of units that the way back needs beside the running gradients. */
    static final int SCRATCHES = 6;

    static final long NUMBER = Float.BYTES;

    final RecurrentMemory memory;
    final RecurrentGradients flow;
    final MemorySegment w;
    final int units;
    private final int blocks;
    private final long preBytes;

    RowSteps(RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        this.memory = memory;
        this.flow = flow;
        this.w = memory.z().segment();
        this.units = sizes.units();
        this.blocks = sizes.unitBlocks();
        this.preBytes = memory.preactivation() == null
                ? 0
                : memory.preactivation().baseBytes() - memory.z().baseBytes();
    }

    /**
     * A gate in z: units in strips, so many strips of others between them.
     *
     * @param rows  with its first strip
     * @param block bytes from 16 units to the next 16
     */
    record Gate(RowsView rows, long block) {

        /** One of so many gates whose strips lie together. */
        static Gate of(RowsView strips, int number, int width) {
            return new Gate(strips.fromStrip(number), width * strips.stripBytes());
        }

        long at(long row) {
            return rows.at(row);
        }
    }

    /** One row; rows as in {@link CellSteps}. */
    abstract void forward(long zRow, long hRow, long hNext, long carriedRow, long carriedNext);

    /** One row back. */
    abstract void backward(long zRow, long stateRow, long nextRow, int firstRow);

    @Override
    public final void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        for (int row = 0; row < rows; row++) {
            forward(zRow + row, hRow + row, hNext + row, carriedRow + row, carriedNext + row);
        }
    }

    /** All units when it is the first group's turn. */
    @Override
    public final void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        for (int row = 0; block == 0 && row < rows; row++) {
            backward(zRow + row, stateRow + row, nextRow + row, firstRow + row);
        }
    }

    /** A row of the way back's scratch. */
    long scratch(int number, int firstRow) {
        return flow.scratchState().at(firstRow + (long) number * memory.batch());
    }

    /** A gate's pre-activations become its values; {@code by} is a row to work in. */
    void apply(ActivationFormula function, Gate gate, long zRow, long by) {
        gather(gate, zRow, 0, by);
        if (preBytes != 0) {
            RowPacking.copy(w, by, Strips.ROW_BYTES, w, gate.at(zRow) + preBytes, gate.block, blocks, Strips.WIDTH);
        }
        RowActivation.forward(function, w, by, w, by, units);
        scatter(by, gate, zRow);
    }

    /**
     * The gradient {@code d} of a gate's values becomes that of its pre-activations; {@code y} and {@code x} are rows to work in.
     */
    void back(ActivationFormula function, Gate gate, long zRow, long d, long y, long x) {
        gather(gate, zRow, 0, y);
        if (function.derivativeNeedsInput()) {
            gather(gate, zRow, preBytes, x);
        }
        RowActivation.backward(function, w, x, y, d, d, units);
    }

    /** A gate's row to whole rows, or what lies so many bytes behind it. */
    void gather(Gate gate, long zRow, long behind, long to) {
        RowPacking.copy(w, gate.at(zRow) + behind, gate.block, w, to, Strips.ROW_BYTES, blocks, Strips.WIDTH);
    }

    void scatter(long from, Gate gate, long zRow) {
        RowPacking.copy(w, from, Strips.ROW_BYTES, w, gate.at(zRow), gate.block, blocks, Strips.WIDTH);
    }

    float get(Gate gate, long zRow, int unit) {
        return w.get(JAVA_FLOAT, place(gate, zRow, unit));
    }

    void set(Gate gate, long zRow, int unit, float value) {
        w.set(JAVA_FLOAT, place(gate, zRow, unit), value);
    }

    private static long place(Gate gate, long zRow, int unit) {
        return gate.at(zRow) + unit / Strips.WIDTH * gate.block + unit % Strips.WIDTH * NUMBER;
    }

    float get(long row, int unit) {
        return w.get(JAVA_FLOAT, row + unit * NUMBER);
    }

    void set(long row, int unit, float value) {
        w.set(JAVA_FLOAT, row + unit * NUMBER, value);
    }
}
