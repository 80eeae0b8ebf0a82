package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.ChainedProduct;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;

/** The products of one group of gates: blocks of 16 units, whose strips of the group follow one another. */
final class GateProducts {

    /** Strips of 16 units. */
    private final int width;
    private final Product input;
    private final Product recurrent;
    /** Both as one, or null. */
    private final ChainedProduct chained;
    private final boolean inputInStep;

    /**
     * @param group     its place among the groups of the cell
     * @param isChained whether all products of a step are made in the step
     */
    GateProducts(
            RecurrentSizes sizes, int group, RecurrentMemory memory, RecurrentWeights weights, RowsView start,
            boolean isChained) {
        CellGates gates = sizes.gates();
        GateGroup own = gates.groups().get(group);
        this.width = own.gates().size();
        int blocks = sizes.unitBlocks();
        int first = blocks * gates.stripsBefore(group);
        RowsView z = memory.z().fromStrip(first);
        RowsView from = start.fromStrip(first);
        this.input = own.readsInput()
                ? product(memory.x(), weights, weights.kernelBytes(), sizes.kernel(), first, z, from)
                : null;
        int apart = blocks * gates.inputOnly();
        this.recurrent = own.readsState()
                ? product(memory.readBy(own.stage()), weights, weights.recurrentBytes(), sizes.recurrentKernel(),
                        first - apart, z, own.readsInput() ? z : from)
                : null;
        this.chained = isChained && input != null && recurrent != null ? recurrent.after(input) : null;
        this.inputInStep = isChained && input != null && recurrent == null;
    }

    private Product product(
            RowsView a, RecurrentWeights weights, long weightBytes, WeightLayout layout, int firstStrip, RowsView c,
            RowsView start) {
        Strips all = layout.strips();
        Strips own = new Strips(layout.rows(), columns(layout));
        return new Product(a, weights.segment(), weightBytes + all.at(firstStrip), own, c, start);
    }

    private int columns(WeightLayout layout) {
        return layout.packedColumns() / layout.gates() * width;
    }

    /** The input's part of some rows of z, for a group that has it before the steps. */
    void input(long xRow, long zRow, int rows, int firstBlock, int endBlock) {
        if (input != null) {
            input.rows(xRow, zRow, 0, rows, firstBlock * width, endBlock * width);
        }
    }

    /** What is to be made of a step's z, for some blocks of 16 units. */
    void step(long xRow, long readRow, long zRow, int rows, int firstBlock, int endBlock, boolean fromLast) {
        int first = firstBlock * width;
        int end = endBlock * width;
        if (chained != null) {
            chained.rows(xRow, readRow, zRow, 0, rows, first, end);
        } else if (inputInStep) {
            input.rows(xRow, zRow, 0, rows, first, end);
        } else if (recurrent != null) {
            recurrent.rows(readRow, zRow, zRow, rows, first, end, fromLast);
        }
    }
}
