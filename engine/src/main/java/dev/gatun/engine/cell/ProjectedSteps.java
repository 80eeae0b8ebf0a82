package dev.gatun.engine.cell;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.ProjectionMemory;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import java.lang.foreign.MemorySegment;

/** The steps of a cell and the projection of what they make, and the way back through both. */
final class ProjectedSteps implements CellSteps {

    private final CellSteps own;
    private final int calls;
    private final RecurrentMemory memory;
    private final ProjectionMemory places;
    private final RecurrentGradients flow;
    private final int outputs;
    private final int units;
    private final Product project;
    private final TransposedWeight transpose;
    private final Product back;

    /** @param wholeRows whether the cell itself wants all groups of units at a time on its way back */
    ProjectedSteps(
            CellSteps own, boolean wholeRows, RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights,
            RecurrentGradients flow) {
        this.own = own;
        this.calls = wholeRows ? 1 : sizes.unitBlocks();
        this.memory = memory;
        this.places = memory.projection();
        this.flow = flow;
        this.outputs = sizes.outputs();
        this.units = sizes.units();
        long at = weights.cellBytes().getLast();
        WeightLayout layout = WeightLayout.plain(units, outputs);
        this.project = new Product(places.unprojected(), weights.segment(), at, layout.strips(), memory.h(),
                memory.zeros());
        this.transpose = flow == null
                ? null
                : TransposedWeight.of(layout, weights.segment(), at, places.pack().segment(),
                        places.pack().baseBytes());
        this.back = flow == null ? null : transpose.product(places.dh(), places.gradient(), memory.zeros());
    }

    @Override
    public void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        own.forward(firstBlock, endBlock, zRow, hRow, hNext, carriedRow, carriedNext, rows);
        project.rows(hNext, hNext, 0, rows);
    }

    @Override
    public void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        for (int row = 0; row < rows; row++) {
            keep(flow.dh().at(firstRow + row), places.dh().at(zRow + row));
        }
        back.rows(zRow, firstRow, 0, rows);
        for (int call = 0; call < calls; call++) {
            own.backward(call, zRow, stateRow, nextRow, firstRow, rows);
        }
    }

    /** What pads a row takes part in the product, times zero. */
    private void keep(long from, long to) {
        MemorySegment w = places.dh().segment();
        long bytes = (long) outputs * Float.BYTES;
        MemorySegment.copy(w, from, w, to, bytes);
        clear(w, to + bytes, Strips.padded(outputs) - outputs);
    }

    @Override
    public void leaveOut(long zRow, long nextRow, int rows) {
        own.leaveOut(zRow, nextRow, rows);
        for (int row = 0; row < rows; row++) {
            clear(places.dh().segment(), places.dh().at(zRow + row), Strips.padded(outputs));
            clear(places.unprojected().segment(), places.unprojected().at(nextRow + row), Strips.padded(units));
        }
    }

    private static void clear(MemorySegment w, long from, int count) {
        for (long at = from; at < from + (long) count * Float.BYTES; at += Float.BYTES) {
            w.set(JAVA_FLOAT, at, 0f);
        }
    }

    @Override
    public void transpose(int member, int size) {
        own.transpose(member, size);
        transpose.share(member, size);
    }
}
