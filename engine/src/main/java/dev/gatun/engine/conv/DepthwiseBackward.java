package dev.gatun.engine.conv;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import java.lang.foreign.MemorySegment;

/**
 * A convolution of single features, backward, from the gradient of what it makes before any activation: adds the gradient of the
 * kernel, a chain of fma over increasing row, and writes or adds that of x.
 */
public final class DepthwiseBackward implements Team.Job {

    private final DepthwiseLayer layer;
    private final MemorySegment gradients;
    private final RowsView dy;
    private final ToInput toInput;
    private final Team team;
    private final TapSteps steps;
    private final TapSteps back;
    private int rows;
    private int inputRows;

    /**
     * The gradient of x.
     *
     * @param dx   where it goes
     * @param wide place for it with M numbers for each feature, or null if M is 1
     * @param adds whether there is a gradient already to add to
     * @param zero a row of zeros, as long as a wide one
     */
    public record ToInput(RowsView dx, RowsView wide, boolean adds, RowsView zero) {}

    /**
     * A plan for a layer.
     *
     * @param gradients of the weights, or null if nobody asks
     * @param dy        gradient of what is made
     * @param toInput   null if nobody asks
     */
    public DepthwiseBackward(
            DepthwiseLayer layer, MemorySegment gradients, RowsView dy, ToInput toInput, Team team) {
        this.layer = layer;
        this.gradients = gradients;
        this.dy = dy;
        this.toInput = toInput;
        this.team = team;
        this.steps = new TapSteps(layer.taps());
        this.back = new TapSteps(layer.taps().back());
    }

    /** Sizes of the runs that follow. */
    public void resize(ConvSizes sizes) {
        rows = sizes.rows();
        inputRows = sizes.inputRows();
        steps.resize(sizes, sizes.inputs());
        back.resize(sizes, sizes.steps());
    }

    /** Runs the team. */
    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        if (gradients != null) {
            int end = Partition.first(layer.strips(), member + 1, size);
            for (int strip = Partition.first(layer.strips(), member, size); strip < end; strip++) {
                for (int tap = 0; tap < steps.count(); tap++) {
                    sum(strip, tap);
                }
            }
        }
        if (toInput != null) {
            int first = Partition.firstRow(inputRows, member, size);
            toInput(first, first + Partition.rowsOf(inputRows, member, size));
        }
    }

    private void sum(int strip, int tap) {
        RowsView x = layer.wide();
        int column = strip * Strips.WIDTH;
        int row = 0;
        while (row < rows) {
            int next = steps.runEnd(row, rows, tap);
            long source = steps.source(row, tap);
            if (steps.isThere(source)) {
                StripProducts.sum(x.segment(), x.at(source * steps.batch() + row % steps.batch(), column),
                        x.rowBytes(), dy.segment(), dy.at(row, column), dy.rowBytes(), gradients,
                        layer.tapBytes(layer.kernelBytes(), strip, tap), next - row);
            }
            row = next;
        }
    }

    private void toInput(int first, int end) {
        RowsView wide = toInput.wide() == null ? toInput.dx() : toInput.wide();
        boolean begins = toInput.wide() != null || !toInput.adds();
        RowPacking.copy(toInput.zero().segment(), toInput.zero().baseBytes(), 0, wide.segment(), wide.at(first),
                wide.rowBytes(), begins ? end - first : 0, layer.strips() * Strips.WIDTH);
        for (int tap = 0; tap < back.count(); tap++) {
            int row = first;
            while (row < end) {
                int next = back.runEnd(row, end, tap);
                long source = back.source(row, tap);
                long from = source * back.batch() + row % back.batch();
                for (int strip = 0; back.isThere(source) && strip < layer.strips(); strip++) {
                    int column = strip * Strips.WIDTH;
                    StripProducts.scale(dy.segment(), dy.at(from, column), dy.rowBytes(), layer.weights(),
                            layer.tapBytes(layer.kernelBytes(), strip, tap), wide.segment(), wide.at(row, column),
                            wide.rowBytes(), next - row);
                }
                row = next;
            }
        }
        if (toInput.wide() != null) {
            narrow(first, end);
        }
    }

    /** The sum over the filters of a feature, in their order. */
    private void narrow(int first, int end) {
        RowsView dx = toInput.dx();
        for (int row = first; row < end; row++) {
            long from = toInput.wide().at(row);
            for (int feature = 0; feature < layer.features(); feature++) {
                long at = dx.at(row) + (long) feature * Float.BYTES;
                float sum = toInput.adds() ? dx.segment().get(JAVA_FLOAT, at) : 0f;
                for (int m = 0; m < layer.multiplier(); m++) {
                    sum += toInput.wide().segment().get(JAVA_FLOAT, from);
                    from += Float.BYTES;
                }
                dx.segment().set(JAVA_FLOAT, at, sum);
            }
        }
    }
}
