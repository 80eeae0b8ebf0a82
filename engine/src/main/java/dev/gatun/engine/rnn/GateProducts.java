package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.ChainedProduct;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The products of one group of gates: blocks of 16 units, whose strips of the group follow one another. Where dropout has masks
 * of their own for gates, each gate of a group has products of its own, over every so many-th strip.
 */
final class GateProducts {

    private final int stage;
    /** Strips of 16 units. */
    private final int width;
    private final Product input;
    private final Product recurrent;
    /** Both as one, or null. */
    private final ChainedProduct chained;
    private final boolean inputInStep;

    /**
     * Which strips of z, and of the weights, are meant.
     *
     * @param first of them
     * @param width how many of 16 units
     * @param every how far apart they lie: 1 if one follows the other
     */
    private record Place(int first, int width, int every) {}

    /**
     * What the products read.
     *
     * @param x    by the kernel
     * @param h    by the recurrent kernel
     */
    private record Reads(RowsView x, RowsView h) {}

    /**
     * One for each group, or with dropout for each gate.
     *
     * @param drops     dropout's masks, or null
     * @param isChained whether all products of a step are made in the step
     */
    static GateProducts[] all(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RowsView start, GateDrops drops,
            boolean isChained) {
        List<GateProducts> all = new ArrayList<>();
        for (int i = 0; i < sizes.gates().groups().size(); i++) {
            GateGroup group = sizes.gates().groups().get(i);
            int first = sizes.unitBlocks() * sizes.gates().stripsBefore(i);
            int width = group.gates().size();
            RowsView h = memory.readBy(group.stage());
            if (drops == null) {
                all.add(new GateProducts(sizes, group, new Place(first, width, 1), new Reads(memory.x(), h),
                        memory, weights, start, isChained));
                continue;
            }
            for (int gate = 0; gate < width; gate++) {
                int number = group.gates().get(gate);
                Reads reads = new Reads(drops.ofInput() ? drops.inputs().get(number) : memory.x(),
                        group.stage() == 0 ? drops.states().get(number) : h);
                all.add(new GateProducts(sizes, group, new Place(first + gate, 1, width), reads, memory, weights,
                        start, isChained));
            }
        }
        return all.toArray(new GateProducts[0]);
    }

    private GateProducts(
            RecurrentSizes sizes, GateGroup own, Place place, Reads reads, RecurrentMemory memory,
            RecurrentWeights weights, RowsView start, boolean isChained) {
        this.stage = own.stage();
        this.width = place.width();
        int blocks = sizes.unitBlocks();
        RowsView z = memory.z().fromStrip(place.first()).every(place.every());
        RowsView from = start.fromStrip(place.first()).every(place.every());
        this.input = own.readsInput()
                ? product(reads.x(), weights, weights.kernelBytes(), sizes.kernel(), place.first(), place, z, from)
                : null;
        int apart = blocks * sizes.gates().inputOnly();
        this.recurrent = own.readsState()
                ? product(reads.h(), weights, weights.recurrentBytes(), sizes.recurrentKernel(),
                        place.first() - apart, place, z, own.readsInput() ? z : from)
                : null;
        this.chained = isChained && input != null && recurrent != null ? recurrent.after(input) : null;
        this.inputInStep = isChained && input != null && recurrent == null;
    }

    private static Product product(
            RowsView a, RecurrentWeights weights, long weightBytes, WeightLayout layout, int firstStrip, Place place,
            RowsView c, RowsView start) {
        Strips all = layout.strips();
        Strips own = new Strips(layout.rows(), layout.packedColumns() / layout.gates() * place.width());
        return new Product(a, weights.segment(), weightBytes + all.at(firstStrip), place.every() * all.stripBytes(),
                own, c, start, false);
    }

    int stage() {
        return stage;
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
