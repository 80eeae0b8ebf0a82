package dev.gatun.layers.type.dot;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;

/** The product of two small matrices, [N,K] and [K,M], that are laid where the engine's products read them. */
final class MatrixProduct {

    private final Slot left;
    private final Slot right;
    private final Slot made;
    private RowsView a;
    private RowsView c;
    private RowsView zeros;
    private MemorySegment workspace;
    private Strips strips = new Strips(0, 0);
    private Product product;

    /** Memory for matrices of at most these sizes. */
    MatrixProduct(PlanContext context, String what, int rows, int depth, int columns) {
        this.left = context.workspace(what + " left", rows, LeadingDimension.of(depth));
        this.right = context.workspace(what + " right", Math.max(1, depth), Strips.padded(Math.max(1, columns)));
        this.made = context.workspace(what + " product", rows, LeadingDimension.of(columns));
        this.a = new RowsView(null, left.baseBytes(), (long) LeadingDimension.of(depth) * Float.BYTES);
        this.c = new RowsView(null, made.baseBytes(), (long) LeadingDimension.of(columns) * Float.BYTES);
        context.memory().zeros(Strips.padded(Math.max(1, columns)));
    }

    void bind(MemorySegment memory, RowsView zeroRow) {
        workspace = memory;
        a = new RowsView(memory, a.baseBytes(), a.rowBytes());
        c = new RowsView(memory, c.baseBytes(), c.rowBytes());
        zeros = zeroRow;
        product = null;
    }

    /** Sizes of the runs that follow. */
    void resize(int depth, int columns) {
        int padded = Strips.padded(columns);
        if (product == null || strips.depth() != depth || strips.columns() != padded) {
            strips = new Strips(depth, padded);
            product = new Product(a, workspace, right.baseBytes(), strips, c, zeros);
        }
    }

    void left(int row, int k, float number) {
        workspace.set(JAVA_FLOAT, a.at(row) + (long) k * Float.BYTES, number);
    }

    void right(int k, int column, float number) {
        workspace.set(JAVA_FLOAT, right.baseBytes() + strips.index(k, column) * Float.BYTES, number);
    }

    void multiply(int rows) {
        product.rows(0, 0, 0, rows);
    }

    float made(int row, int column) {
        return workspace.get(JAVA_FLOAT, c.at(row) + (long) column * Float.BYTES);
    }
}
