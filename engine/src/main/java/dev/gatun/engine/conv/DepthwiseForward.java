package dev.gatun.engine.conv;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowPacking;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;

/** A convolution of single features, forward: each number one chain of fma from its start over the taps that are there. */
public final class DepthwiseForward implements Team.Job {

    private final DepthwiseLayer layer;
    private final Team team;
    private final TapSteps steps;
    private int rows;
    private int inputRows;

    /** A plan for a layer. */
    public DepthwiseForward(DepthwiseLayer layer, Team team) {
        this.layer = layer;
        this.team = team;
        this.steps = new TapSteps(layer.taps());
    }

    /** Sizes of the runs that follow. */
    public void resize(ConvSizes sizes) {
        rows = sizes.rows();
        inputRows = sizes.inputRows();
        steps.resize(sizes, sizes.inputs());
    }

    /** Runs the team. */
    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        if (layer.multiplier() > 1) {
            int first = Partition.firstRow(inputRows, member, size);
            widen(first, first + Partition.rowsOf(inputRows, member, size));
            team.barrier();
        }
        int first = Partition.firstRow(rows, member, size);
        int count = Partition.rowsOf(rows, member, size);
        RowsView y = layer.y();
        RowPacking.copy(layer.start().segment(), layer.start().baseBytes(), 0, y.segment(), y.at(first), y.rowBytes(),
                count, layer.strips() * Strips.WIDTH);
        for (int tap = 0; tap < steps.count(); tap++) {
            add(tap, first, first + count);
        }
    }

    private void add(int tap, int first, int end) {
        RowsView x = layer.wide();
        RowsView y = layer.y();
        int row = first;
        while (row < end) {
            int next = steps.runEnd(row, end, tap);
            long source = steps.source(row, tap);
            long from = source * steps.batch() + row % steps.batch();
            for (int strip = 0; steps.isThere(source) && strip < layer.strips(); strip++) {
                int column = strip * Strips.WIDTH;
                StripProducts.scale(x.segment(), x.at(from, column), x.rowBytes(), layer.weights(),
                        layer.tapBytes(layer.kernelBytes(), strip, tap), y.segment(), y.at(row, column), y.rowBytes(),
                        next - row);
            }
            row = next;
        }
    }

    private void widen(int first, int end) {
        RowsView x = layer.x();
        RowsView wide = layer.wide();
        for (int row = first; row < end; row++) {
            long to = wide.at(row);
            for (int feature = 0; feature < layer.features(); feature++) {
                float number = x.segment().get(JAVA_FLOAT, x.at(row) + (long) feature * Float.BYTES);
                for (int m = 0; m < layer.multiplier(); m++) {
                    wide.segment().set(JAVA_FLOAT, to, number);
                    to += Float.BYTES;
                }
            }
        }
    }
}
