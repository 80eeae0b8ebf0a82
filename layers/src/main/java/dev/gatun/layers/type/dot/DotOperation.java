package dev.gatun.layers.type.dot;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * For each sample {@code Y = A B^T}, of matrices [N,K] and [M,K] whose rows may be made one long before. On the way back
 * {@code dA = dY B} and {@code dB = dY^T A}; of a row a that was divided by its length l,
 * {@code da = (dn - n (n dn)) / l} with n = a / l.
 */
final class DotOperation implements Operation {

    private final Value first;
    private final Value second;
    private final Value output;
    private final SampleMatrix a;
    private final SampleMatrix b;
    private final Grid grid;
    private final int rowPlace;
    private final int columnPlace;
    private final boolean normalizes;
    private final MatrixProduct forward;
    private final MatrixProduct toA;
    private final MatrixProduct toB;
    private final float[] lengthsOfA;
    private final float[] lengthsOfB;
    private RowsView y;
    private RowsView dy;

    DotOperation(PlanContext context, Shape shape, int[] axes, boolean normalizes) {
        this.first = context.arguments().inputs().get(0);
        this.second = context.arguments().inputs().get(1);
        this.output = context.output("", shape);
        this.a = new SampleMatrix(first, axes[0]);
        this.b = new SampleMatrix(second, axes[1]);
        this.grid = new Grid(output);
        this.columnPlace = second.shape().rank() == 2 ? Grid.AXES - 2 : Grid.AXES - 1;
        this.rowPlace = columnPlace == Grid.AXES - 1 ? Grid.AXES - 2 : Grid.AXES - 1;
        this.normalizes = normalizes;
        int n = a.vectors();
        int m = b.vectors();
        int depth = Math.max(a.depth(), b.depth());
        this.forward = new MatrixProduct(context, "dot", n, depth, m);
        this.toA = first.requiresGradient() ? new MatrixProduct(context, "dot to first", n, m, depth) : null;
        this.toB = second.requiresGradient() ? new MatrixProduct(context, "dot to second", m, n, depth) : null;
        this.lengthsOfA = new float[n];
        this.lengthsOfB = new float[m];
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment w = memory.workspace();
        y = output.rows(w);
        boolean goesBack = output.requiresGradient() && output.hasGradient();
        dy = goesBack ? output.gradient(w) : null;
        bind(a, first, w, goesBack);
        bind(b, second, w, goesBack);
        forward.bind(w, memory.zeros());
        if (toA != null) {
            toA.bind(w, memory.zeros());
        }
        if (toB != null) {
            toB.bind(w, memory.zeros());
        }
    }

    private static void bind(SampleMatrix matrix, Value value, MemorySegment w, boolean goesBack) {
        boolean wants = goesBack && value.requiresGradient();
        matrix.bind(value.rows(w), wants ? value.gradient(w) : null, wants && value.claimGradient());
    }

    @Override
    public void resize() {
        a.resize();
        b.resize();
        grid.resize();
        forward.resize(a.depth(), b.vectors());
        if (toA != null) {
            toA.resize(b.vectors(), a.depth());
        }
        if (toB != null) {
            toB.resize(a.vectors(), a.depth());
        }
    }

    private long place(int sample, int row, int column) {
        return sample * grid.bytes(0) + row * grid.bytes(rowPlace) + column * grid.bytes(columnPlace);
    }

    @Override
    public void forward(RunContext run) {
        for (int sample = 0; sample < output.batch(); sample++) {
            measure(sample);
            for (int row = 0; row < a.vectors(); row++) {
                for (int k = 0; k < a.depth(); k++) {
                    forward.left(row, k, a.number(sample, row, k) * lengthsOfA[row]);
                }
            }
            for (int column = 0; column < b.vectors(); column++) {
                for (int k = 0; k < a.depth(); k++) {
                    forward.right(k, column, b.number(sample, column, k) * lengthsOfB[column]);
                }
            }
            forward.multiply(a.vectors());
            for (int row = 0; row < a.vectors(); row++) {
                for (int column = 0; column < b.vectors(); column++) {
                    y.segment().set(JAVA_FLOAT, y.at(0) + place(sample, row, column), forward.made(row, column));
                }
            }
        }
    }

    /** What each row of both matrices is multiplied with. */
    private void measure(int sample) {
        for (int row = 0; row < a.vectors(); row++) {
            lengthsOfA[row] = normalizes ? a.inverseLength(sample, row) : 1;
        }
        for (int row = 0; row < b.vectors(); row++) {
            lengthsOfB[row] = normalizes ? b.inverseLength(sample, row) : 1;
        }
    }

    @Override
    public void backward(RunContext run) {
        if (dy == null) {
            return;
        }
        // Both may be the same value, whose gradient is begun once.
        if (a.wantsGradient()) {
            a.beginGradient();
            goBack(a, lengthsOfA, b, lengthsOfB, toA, false);
        }
        if (b.wantsGradient()) {
            b.beginGradient();
            goBack(b, lengthsOfB, a, lengthsOfA, toB, true);
        }
    }

    /** @param turned whether rows of dY are the other's vectors */
    private void goBack(
            SampleMatrix own, float[] lengths, SampleMatrix other, float[] othersLengths, MatrixProduct product,
            boolean turned) {
        for (int sample = 0; sample < output.batch(); sample++) {
            measure(sample);
            for (int vector = 0; vector < own.vectors(); vector++) {
                for (int k = 0; k < other.vectors(); k++) {
                    long at = turned ? place(sample, k, vector) : place(sample, vector, k);
                    product.left(vector, k, dy.segment().get(JAVA_FLOAT, dy.at(0) + at));
                }
            }
            for (int k = 0; k < other.vectors(); k++) {
                for (int at = 0; at < own.depth(); at++) {
                    product.right(k, at, other.number(sample, k, at) * othersLengths[k]);
                }
            }
            product.multiply(own.vectors());
            for (int vector = 0; vector < own.vectors(); vector++) {
                give(own, sample, vector, lengths[vector], product);
            }
        }
    }

    private void give(SampleMatrix own, int sample, int vector, float inverse, MatrixProduct product) {
        double along = 0;
        if (normalizes && Lengths.follows(inverse)) {
            for (int at = 0; at < own.depth(); at++) {
                along += (double) product.made(vector, at) * own.number(sample, vector, at) * inverse;
            }
        }
        for (int at = 0; at < own.depth(); at++) {
            double normal = own.number(sample, vector, at) * (double) inverse;
            double part = normalizes ? (product.made(vector, at) - normal * along) * inverse : product.made(vector, at);
            own.give(sample, vector, at, (float) part);
        }
    }
}
