package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.team.Partition;
import java.util.ArrayList;
import java.util.List;

/**
 * The way back through one weight where dropout has masks for each gate: each gate's part of a gradient is a product of its own,
 * multiplied by the mask of what the gate read, and the parts are added gate by gate in one order.
 */
final class GateWays {

    private final List<Way> ways = new ArrayList<>();
    private final RowsView part;
    private final RowsView target;
    private final RowsView zeros;
    private final ColumnShares shares;
    private final int strips;

    /**
     * @param transpose of the gate's columns
     * @param product   from the gradient of its pre-activations to its part
     * @param mask      [B, ...], or null if what it read was not multiplied
     */
    private record Way(TransposedWeight transpose, Product product, RowsView mask) {}

    /**
     * No gates yet.
     *
     * @param part    place for one gate's part
     * @param target  the gradient
     * @param columns of both
     * @param zeros   as many, or more
     * @param members of the team that shares them
     */
    private GateWays(RowsView part, RowsView target, int columns, RowsView zeros, int members) {
        this.part = part;
        this.target = target;
        this.zeros = zeros;
        this.strips = Strips.padded(columns) / Strips.WIDTH;
        this.shares = new ColumnShares(strips, members);
    }

    /** The recurrent products of a stage. */
    static GateWays ofState(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients flow, int stage,
            GateDrops drops, int members) {
        GateWays ways = new GateWays(drops.stateProduct(), stage == 0 ? flow.dh() : flow.scratchState(), sizes.units(),
                memory.zeros(), members);
        CellGates gates = sizes.gates();
        for (int group : gates.groupsOf(stage)) {
            if (gates.groups().get(group).readsState()) {
                ways.add(sizes, group, sizes.unitBlocks() * gates.inputOnly(), sizes.units(), memory, flow,
                        weights.recurrentBytes(), weights, flow.recurrentPack(), drops.stateMasks());
            }
        }
        return ways;
    }

    /** The input's products. */
    static GateWays ofInput(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients flow,
            GateDrops drops, int members) {
        GateWays ways = new GateWays(drops.inputProduct(), flow.dx(), sizes.inputs(), memory.zeros(),
                members);
        List<GateGroup> groups = sizes.gates().groups();
        for (int group = 0; group < groups.size(); group++) {
            if (groups.get(group).readsInput()) {
                ways.add(sizes, group, 0, sizes.inputs(), memory, flow, weights.kernelBytes(), weights,
                        flow.kernelPack(), drops.inputMasks());
            }
        }
        return ways;
    }

    /** Gates stand in dz, and the transposes in their place, one behind the other; strips of the weight as in z. */
    private void add(
            RecurrentSizes sizes, int group, int before, int depth, RecurrentMemory memory, RecurrentGradients flow,
            long weightBytes, RecurrentWeights weights, RowsView pack, List<RowsView> masks) {
        List<Integer> numbers = sizes.gates().groups().get(group).gates();
        int blocks = sizes.unitBlocks();
        int first = blocks * sizes.gates().stripsBefore(group);
        WeightLayout own = WeightLayout.plain(depth, blocks * Strips.WIDTH);
        long strip = own.strips().stripBytes();
        for (int gate = 0; gate < numbers.size(); gate++) {
            int place = first + gate * blocks;
            TransposedWeight transpose = new TransposedWeight(own, own.strips(), own.transposed(), weights.segment(),
                    weightBytes + (first - before + gate) * strip, numbers.size() * strip, pack.segment(),
                    pack.baseBytes() + (place - before) * Strips.WIDTH * rowBytes(own));
            ways.add(new Way(transpose, transpose.product(flow.dz().fromStrip(place), part, memory.zeros()),
                    masks.isEmpty() ? null : masks.get(numbers.get(gate))));
        }
    }

    private static long rowBytes(WeightLayout own) {
        return (long) own.transposed().columns() * Float.BYTES;
    }

    /** A team member's share of transposing the weights. */
    void transpose(int member, int size) {
        for (int i = 0; i < ways.size(); i++) {
            ways.get(i).transpose().share(member, size);
        }
    }

    int strips() {
        return strips;
    }

    /**
     * Adds all parts to some rows of the gradient.
     *
     * @param dzRow     first row of dz
     * @param partRow   first row of the place for parts, of the same sample as that of the gradient
     * @param targetRow first row of the gradient
     * @param rows      how many
     * @param batch     samples: row after row of the gradient belongs to the next
     */
    void add(long dzRow, long partRow, long targetRow, int rows, int batch, int firstStrip, int endStrip) {
        RowRuns columns = shares.of(firstStrip, endStrip);
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            way.product().rows(dzRow, partRow, 0, rows, firstStrip, endStrip);
            if (way.mask() != null) {
                columns.multiplySamples(way.mask(), part, partRow, rows, batch);
            }
            columns.add(part, partRow, target, targetRow, rows);
        }
    }

    /** A team member's share of the gradient of some steps, whose dz stands in its first rows. */
    void share(long targetRow, int rows, int batch, boolean adds, int member, int size) {
        boolean byRows = Partition.hasRowsForAll(rows, size);
        int first = byRows ? Partition.firstRow(rows, member, size) : 0;
        int count = byRows ? Partition.rowsOf(rows, member, size) : rows;
        int firstStrip = byRows ? 0 : Partition.first(strips, member, size);
        int endStrip = byRows ? strips : Partition.first(strips, member + 1, size);
        if (!adds) {
            clear(targetRow + first, count, firstStrip, endStrip);
        }
        add(first, first, targetRow + first, count, batch, firstStrip, endStrip);
    }

    /** Zeros in some rows of the gradient. */
    void clear(long firstRow, int rows, int firstStrip, int endStrip) {
        begin(zeros, 0, firstRow, rows, firstStrip, endStrip);
    }

    /** What some rows of the gradient begin with. */
    void begin(RowsView from, long fromRow, long firstRow, int rows, int firstStrip, int endStrip) {
        shares.of(firstStrip, endStrip).copy(from, fromRow, target, firstRow, rows);
    }
}
