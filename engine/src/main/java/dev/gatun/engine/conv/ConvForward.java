package dev.gatun.engine.conv;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/** A convolution, forward; work is split by rows, or by columns where there are few, the activation by rows. */
public final class ConvForward implements Team.Job {

    private final ConvLayer layer;
    private final Team team;
    private final TransposedTaps transposed;
    private final TapProducts products;
    private int rows;

    /** A plan for a layer. */
    public ConvForward(ConvLayer layer, Team team) {
        this.layer = layer;
        this.team = team;
        ConvMemory memory = layer.memory();
        TapRead read = new TapRead(layer.taps(), layer.x(), layer.earlier(), memory.zeros());
        RowsView start = layer.weights().hasBias()
                ? new RowsView(layer.weights().segment(), layer.weights().biasBytes(), 0)
                : new RowsView(memory.zeros().segment(), memory.zeros().baseBytes(), 0);
        this.transposed = layer.taps().spreads() ? TransposedTaps.of(layer) : null;
        this.products = transposed == null
                ? TapProducts.plain(layer.kernel(), layer.weights().segment(), layer.weights().kernelBytes(), read,
                        layer.pre(), start, memory.scratch())
                : TapProducts.transposed(layer.kernel(), transposed, read, layer.pre(), start, memory.scratch());
    }

    /**
     * Sizes of the runs that follow.
     *
     * @param earlierSteps how many steps before the first are there
     */
    public void resize(ConvSizes sizes, int earlierSteps) {
        rows = sizes.rows();
        products.resize(sizes, sizes.inputs(), earlierSteps);
    }

    /** Runs the team. */
    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        if (transposed != null) {
            transposed.share(member, size);
            team.barrier();
        }
        products.share(rows, member, size);
        team.barrier();
        activate(Partition.firstRow(rows, member, size), Partition.rowsOf(rows, member, size));
    }

    private void activate(int first, int count) {
        if (layer.function() == ActivationFormula.LINEAR) {
            return;
        }
        RowsView pre = layer.pre();
        RowsView y = layer.y();
        int columns = layer.columns();
        for (int row = first; row < first + count; row++) {
            RowActivation.forward(layer.function(), pre.segment(), pre.at(row), y.segment(), y.at(row), columns);
        }
    }
}
