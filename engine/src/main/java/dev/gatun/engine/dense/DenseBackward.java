package dev.gatun.engine.dense;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/**
 * A fully connected layer, backward: the gradient of y becomes that of the pre-activation in place, then
 * {@code dKernel += x^T d}, {@code dBias += sum of rows of d}, {@code dx = d kernel^T}.
 */
public final class DenseBackward extends DenseJob {

    private final RowsView dy;
    private final WeightGradient kernel;
    private final BiasGradient bias;
    private final Strips strips;
    private final TransposedWeight transpose;
    private final Product toInput;

    /**
     * What flows out of a dense layer's backward pass.
     *
     * @param dx      gradient of x [R,I], or null if nobody asks
     * @param addToDx whether dx already holds a gradient to add to
     * @param pack    place for the transposed kernel, or null with dx
     * @param scratch one {@code WeightGradient} scratch row per team member
     */
    public record DenseFlow(RowsView dx, boolean addToDx, RowsView pack, RowsView scratch) {}

    public DenseBackward(DenseLayer layer, DenseWeights gradients, RowsView dy, DenseFlow flow, Team team) {
        super(layer, team);
        this.dy = dy;
        this.kernel = gradients == null
                ? null
                : new WeightGradient(
                        layer.x(), dy, layer.kernel().strips(), gradients.segment(), gradients.kernelBytes(),
                        flow.scratch());
        this.bias = gradients != null && gradients.hasBias()
                ? new BiasGradient(dy, gradients.segment(), gradients.biasBytes())
                : null;
        this.strips = layer.kernel().strips();
        DenseWeights weights = layer.weights();
        this.transpose = flow.dx() == null
                ? null
                : TransposedWeight.of(
                        layer.kernel(), weights.segment(), weights.kernelBytes(), flow.pack().segment(),
                        flow.pack().baseBytes());
        this.toInput = flow.dx() == null
                ? null
                : transpose.product(dy, flow.dx(), flow.addToDx() ? flow.dx() : layer.zeros());
    }

    @Override
    public void run(int member, int size) {
        throughActivation(Partition.firstRow(rows(), member, size), Partition.rowsOf(rows(), member, size));
        if (transpose != null) {
            transpose.share(member, size);
        }
        team.barrier();
        if (kernel != null) {
            weightGradients(member, size);
        }
        if (toInput != null) {
            toInput.share(0, 0, 0, rows(), member, size);
        }
    }

    private void throughActivation(int first, int count) {
        if (layer.function() == ActivationFormula.LINEAR) {
            return;
        }
        int columns = layer.kernel().columns();
        for (int row = first; row < first + count; row++) {
            RowActivation.backward(
                    layer.function(), dy.segment(), layer.pre().at(row), layer.y().at(row), dy.at(row), dy.at(row),
                    columns);
        }
    }

    private void weightGradients(int member, int size) {
        int first = Partition.first(strips.count(), member, size);
        int end = Partition.first(strips.count(), member + 1, size);
        if (first == end) {
            return;
        }
        kernel.strips(0, rows(), first, end, member);
        if (bias != null) {
            bias.strips(rows(), first, end);
        }
    }
}
