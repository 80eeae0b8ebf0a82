package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.ChosenRows;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.team.Partition;
import java.util.ArrayList;
import java.util.List;

/** The gradients of a layer's weights over the whole sequence, from the gradients of all gates in z: added to what is there. */
final class LayerGradients {

    /** Strips that a tile takes together; a member's share is so many, or a multiple. */
    private static final int TILE = 4;

    private final RecurrentMemory memory;
    private final List<Matrix> matrices = new ArrayList<>();
    private final List<Bias> biases = new ArrayList<>();
    /** The rows whose steps count; null without a mask. */
    private final ChosenRows counted;
    private final CellWeightGradients own;

    /**
     * @param gradient of a weight
     * @param strips   how many it has
     * @param ofState  whether its rows are those of a state, which begin later
     */
    private record Matrix(WeightGradient gradient, int strips, boolean ofState) {}

    private record Bias(BiasGradient gradient, int strips) {}

    /** @param drops dropout's masks for each gate, or null */
    LayerGradients(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentGradients flow,
            RecurrentWeights gradients, GateDrops drops) {
        this.memory = memory;
        this.counted = memory.mask() == null ? null : new ChosenRows(sizes.rows());
        RowsView scratch = flow.scratch();
        this.own = cell.weightGradients(sizes, memory, flow, gradients);
        CellGates gates = sizes.gates();
        int blocks = sizes.unitBlocks();
        Strips kernel = sizes.kernel().strips();
        int apart = blocks * gates.inputOnly();
        if (drops != null && drops.ofInput()) {
            addGates(sizes, gradients, scratch, drops, false);
        } else {
            matrices.add(new Matrix(
                    new WeightGradient(memory.x(), memory.z(), kernel, gradients.segment(), gradients.kernelBytes(),
                            scratch),
                    kernel.count(), false));
        }
        if (drops != null) {
            addGates(sizes, gradients, scratch, drops, true);
        }
        for (int stage = 0; drops == null && stage < gates.stages(); stage++) {
            int first = blocks * gates.firstOfState(stage);
            Strips part = WeightLayout.plain(sizes.outputs(), blocks * gates.ofState(stage) * Strips.WIDTH).strips();
            matrices.add(new Matrix(
                    new WeightGradient(memory.readBy(stage), memory.z().fromStrip(first), part, gradients.segment(),
                            gradients.recurrentBytes() + (first - apart) * part.stripBytes(), scratch),
                    part.count(), true));
        }
        if (gradients.hasBias()) {
            addBiases(gates.hasTwoBiases(), apart, kernel.count(), gradients);
        }
    }

    /** Each gate by itself, from what it read under its mask. */
    private void addGates(
            RecurrentSizes sizes, RecurrentWeights gradients, RowsView scratch, GateDrops drops, boolean ofState) {
        CellGates gates = sizes.gates();
        Strips part = new Strips(ofState ? sizes.units() : sizes.inputs(), sizes.unitBlocks() * Strips.WIDTH);
        int before = ofState ? sizes.unitBlocks() * gates.inputOnly() : 0;
        long weight = ofState ? gradients.recurrentBytes() : gradients.kernelBytes();
        for (int i = 0; i < gates.groups().size(); i++) {
            GateGroup group = gates.groups().get(i);
            int width = group.gates().size();
            for (int gate = 0; (ofState ? group.readsState() : group.readsInput()) && gate < width; gate++) {
                int number = group.gates().get(gate);
                int first = sizes.unitBlocks() * gates.stripsBefore(i) + gate;
                RowsView read = ofState
                        ? group.stage() == 0 ? drops.states().get(number) : memory.read()
                        : drops.inputs().get(number);
                matrices.add(new Matrix(
                        new WeightGradient(read, memory.z().fromStrip(first).every(width), part, gradients.segment(),
                                weight + (first - before) * part.stripBytes(), width * part.stripBytes(), scratch),
                        part.count(), ofState));
            }
        }
    }

    /** Of two biases the second one's gates lie in z in another order than in the bias: those that are apart come last. */
    private void addBiases(boolean two, int apart, int ofInput, RecurrentWeights gradients) {
        RowsView z = memory.z();
        if (!two) {
            biases.add(new Bias(new BiasGradient(z, gradients.segment(), gradients.biasBytes()), ofInput));
            return;
        }
        long strip = gradients.biasStrip();
        long second = gradients.biasBytes() + Strips.ROW_BYTES;
        biases.add(new Bias(new BiasGradient(z, gradients.segment(), gradients.biasBytes(), strip), ofInput));
        biases.add(new Bias(
                new BiasGradient(z.fromStrip(apart), gradients.segment(), second + apart * strip, strip),
                ofInput - apart));
        biases.add(new Bias(new BiasGradient(z.fromStrip(ofInput), gradients.segment(), second, strip), apart));
    }

    /** Before the shares, by one thread: finds the rows that count. */
    void prepare(int rows) {
        if (counted != null) {
            counted.clear();
            for (int row = 0; row < rows; row++) {
                if (memory.counts(row)) {
                    counted.add(row);
                }
            }
        }
    }

    /** A member's share, whole strips of each weight. */
    void share(int batch, int time, int member, int size) {
        int rows = batch * time;
        for (int i = 0; i < matrices.size(); i++) {
            Matrix matrix = matrices.get(i);
            int first = first(matrix.strips(), member, size);
            int end = first(matrix.strips(), member + 1, size);
            long firstRow = matrix.ofState() ? memory.firstRow(batch) : 0;
            if (first < end && counted == null) {
                matrix.gradient().strips(firstRow, rows, first, end, member);
            } else if (first < end) {
                matrix.gradient().strips(firstRow, counted, first, end, member);
            }
        }
        for (int i = 0; i < biases.size(); i++) {
            Bias bias = biases.get(i);
            int first = first(bias.strips(), member, size);
            int end = first(bias.strips(), member + 1, size);
            if (counted == null) {
                bias.gradient().strips(rows, first, end);
            } else {
                bias.gradient().strips(counted, first, end);
            }
        }
        own.share(batch, time, member, size);
    }

    private static int first(int strips, int member, int size) {
        return Math.min(strips, TILE * Partition.first(Math.ceilDiv(strips, TILE), member, size));
    }
}
