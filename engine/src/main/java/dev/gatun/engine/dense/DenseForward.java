package dev.gatun.engine.dense;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/** A fully connected layer, forward; work is split as {@link Product#share} does; the activation by rows. */
public final class DenseForward implements Team.Job {

    private static final int TILE = 4;

    private final DenseLayer layer;
    private final Team team;
    private final Product product;
    private int rows;

    public DenseForward(DenseLayer layer, Team team) {
        this.layer = layer;
        this.team = team;
        this.rows = layer.rows();
        DenseWeights weights = layer.weights();
        RowsView bias = weights.hasBias() ? new RowsView(weights.segment(), weights.biasBytes(), 0) : layer.zeros();
        this.product = new Product(
                layer.x(), weights.segment(), weights.kernelBytes(), layer.kernel().panels(), layer.pre(), bias);
    }

    /** @param active R of the runs that follow, at most the largest */
    public void resize(int active) {
        rows = active;
    }

    public void run() {
        team.run(this);
    }

    /** Some rows by the calling thread. */
    public void rows(int first, int count) {
        product.rows(first, first, 0, count);
        activate(first, count);
    }

    @Override
    public void run(int member, int size) {
        product.share(0, 0, 0, rows, member, size);
        team.barrier();
        int first = Partition.first(rows, TILE, member, size);
        activate(first, Partition.first(rows, TILE, member + 1, size) - first);
    }

    private void activate(int first, int count) {
        if (layer.function() == ActivationFormula.LINEAR) {
            return;
        }
        RowsView pre = layer.pre();
        RowsView y = layer.y();
        int columns = layer.kernel().columns();
        for (int row = first; row < first + count; row++) {
            RowActivation.forward(layer.function(), pre.segment(), pre.at(row), y.segment(), y.at(row), columns);
        }
    }
}
