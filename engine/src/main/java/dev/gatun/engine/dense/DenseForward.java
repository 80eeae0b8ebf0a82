package dev.gatun.engine.dense;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/** A fully connected layer, forward; work is split as {@link Product#share} does; the activation by rows. */
public final class DenseForward extends DenseJob {

    private final Product product;

    public DenseForward(DenseLayer layer, Team team) {
        super(layer, team);
        DenseWeights weights = layer.weights();
        RowsView bias = weights.hasBias() ? new RowsView(weights.segment(), weights.biasBytes(), 0) : layer.zeros();
        this.product = new Product(
                layer.x(), weights.segment(), weights.kernelBytes(), layer.kernel().strips(), layer.pre(), bias);
    }

    /** Some rows by the calling thread. */
    public void rows(int first, int count) {
        product.rows(first, first, 0, count);
        activate(first, count);
    }

    @Override
    public void run(int member, int size) {
        product.share(0, 0, 0, rows(), member, size);
        team.barrier();
        activate(Partition.firstRow(rows(), member, size), Partition.rowsOf(rows(), member, size));
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
