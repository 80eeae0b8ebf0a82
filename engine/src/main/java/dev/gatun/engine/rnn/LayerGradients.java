package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.BiasGradient;
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
    private final CellWeightGradients own;

    /**
     * @param gradient of a weight
     * @param strips   how many it has
     * @param ofState  whether its rows are those of a state, which begin later
     */
    private record Matrix(WeightGradient gradient, int strips, boolean ofState) {}

    private record Bias(BiasGradient gradient, int strips) {}

    LayerGradients(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentGradients flow,
            RecurrentWeights gradients) {
        this.memory = memory;
        RowsView scratch = flow.scratch();
        this.own = cell.weightGradients(sizes, memory, flow, gradients);
        CellGates gates = sizes.gates();
        int blocks = sizes.unitBlocks();
        Strips kernel = sizes.kernel().strips();
        matrices.add(new Matrix(
                new WeightGradient(memory.x(), memory.z(), kernel, gradients.segment(), gradients.kernelBytes(),
                        scratch),
                kernel.count(), false));
        int apart = blocks * gates.inputOnly();
        for (int stage = 0; stage < gates.stages(); stage++) {
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

    /** A member's share, whole strips of each weight. */
    void share(int batch, int time, int member, int size) {
        int rows = batch * time;
        for (int i = 0; i < matrices.size(); i++) {
            Matrix matrix = matrices.get(i);
            int first = first(matrix.strips(), member, size);
            int end = first(matrix.strips(), member + 1, size);
            if (first < end) {
                matrix.gradient().strips(matrix.ofState() ? memory.firstRow(batch) : 0, rows, first, end, member);
            }
        }
        for (int i = 0; i < biases.size(); i++) {
            Bias bias = biases.get(i);
            bias.gradient().strips(rows, first(bias.strips(), member, size), first(bias.strips(), member + 1, size));
        }
        own.share(batch, time, member, size);
    }

    private static int first(int strips, int member, int size) {
        return Math.min(strips, TILE * Partition.first(Math.ceilDiv(strips, TILE), member, size));
    }
}
