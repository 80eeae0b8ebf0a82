package dev.gatun.engine.conv;

import dev.gatun.engine.dense.DenseWeights;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/**
 * A convolution, backward: the gradient of y becomes that of the pre-activation in place, then the gradients of kernel and bias
 * are added, and that of x is written or added.
 */
public final class ConvBackward implements Team.Job {

    private final ConvLayer layer;
    private final Team team;
    private final RowsView dy;
    private final KernelGradient kernel;
    private final BiasGradient bias;
    private final TransposedTaps transposed;
    private final TapProducts toInput;
    private int rows;
    private int inputRows;

    /**
     * A plan for a layer.
     *
     * @param gradients of the weights, or null if nobody asks
     * @param dy        gradient of y
     * @param dx        gradient of x, or null if nobody asks
     * @param addToDx   whether dx already holds a gradient to add to
     */
    public ConvBackward(
            ConvLayer layer, DenseWeights gradients, RowsView dy, RowsView dx, boolean addToDx, Team team) {
        this.layer = layer;
        this.team = team;
        this.dy = dy;
        this.kernel = gradients == null ? null : new KernelGradient(layer, gradients, dy);
        this.bias = gradients != null && gradients.hasBias()
                ? new BiasGradient(dy, gradients.segment(), gradients.biasBytes())
                : null;
        this.transposed = dx == null || layer.taps().spreads() ? null : TransposedTaps.of(layer);
        this.toInput = dx == null ? null : toInput(dx, addToDx);
    }

    private TapProducts toInput(RowsView dx, boolean addToDx) {
        ConvMemory memory = layer.memory();
        TapRead read = new TapRead(layer.taps().back(), dy, null, memory.zeros());
        RowsView start = addToDx ? dx : new RowsView(memory.zeros().segment(), memory.zeros().baseBytes(), 0);
        return transposed == null
                ? TapProducts.plain(layer.kernel(), layer.weights().segment(), layer.weights().kernelBytes(), read, dx,
                        start, memory.scratch())
                : TapProducts.transposed(layer.kernel(), transposed, read, dx, start, memory.scratch());
    }

    /**
     * Sizes of the runs that follow.
     *
     * @param earlierSteps how many steps before the first are there
     */
    public void resize(ConvSizes sizes, int earlierSteps) {
        rows = sizes.rows();
        inputRows = sizes.inputRows();
        if (kernel != null) {
            kernel.resize(sizes, earlierSteps);
        }
        if (toInput != null) {
            toInput.resize(sizes, sizes.steps(), 0);
        }
    }

    /** Runs the team. */
    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        throughActivation(Partition.firstRow(rows, member, size), Partition.rowsOf(rows, member, size));
        if (transposed != null) {
            transposed.share(member, size);
        }
        team.barrier();
        if (kernel != null) {
            kernel.share(member, size);
        }
        if (bias != null) {
            int strips = Strips.padded(layer.columns()) / Strips.WIDTH;
            bias.strips(rows, Partition.first(strips, member, size), Partition.first(strips, member + 1, size));
        }
        if (toInput != null) {
            toInput.share(inputRows, member, size);
        }
    }

    private void throughActivation(int first, int count) {
        if (layer.function() == ActivationFormula.LINEAR) {
            return;
        }
        int columns = layer.columns();
        for (int row = first; row < first + count; row++) {
            RowActivation.backward(
                    layer.function(), dy.segment(), layer.pre().at(row), layer.y().at(row), dy.at(row), dy.at(row),
                    columns);
        }
    }
}
