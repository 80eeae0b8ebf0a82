package dev.gatun.engine.cell;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.CellWeightGradients;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.engine.team.Partition;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A cell whose h [U] is projected to [P] before it is returned and goes on (LSTMP: Sak, Senior and Beaufays 2014). The projection
 * [U,P] is the last of its own weights.
 *
 * @param unprojected the cell without it
 */
public record ProjectedCell(CellKernel unprojected) implements CellKernel {

    public ProjectedCell {
        Arguments.required(unprojected, "ProjectedCell", "unprojected", "a cell, for example an LstmCell");
    }

    @Override
    public CellGates gates() {
        return unprojected.gates();
    }

    @Override
    public int states() {
        return unprojected.states();
    }

    @Override
    public boolean keepsPreactivations() {
        return unprojected.keepsPreactivations();
    }

    @Override
    public boolean passesH() {
        return false;
    }

    @Override
    public List<Float> biasOffsets() {
        return unprojected.biasOffsets();
    }

    /** A row's projection is the sum over all of its units. */
    @Override
    public boolean wholeRows() {
        return true;
    }

    @Override
    public boolean projects() {
        return true;
    }

    @Override
    public boolean sumsAllRows() {
        return true;
    }

    @Override
    public int scratchRows() {
        return unprojected.scratchRows();
    }

    @Override
    public int rowSums(RecurrentSizes sizes) {
        return unprojected.rowSums(sizes);
    }

    @Override
    public List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients) {
        CellSteps own = unprojected
                .steps(sizes, inner(memory), weights, gradients == null ? null : inner(memory, gradients)).getFirst();
        return List.of(new ProjectedSteps(own, unprojected.wholeRows(), sizes, memory, weights, gradients));
    }

    private static RecurrentMemory inner(RecurrentMemory memory) {
        return memory.withH(memory.projection().unprojected());
    }

    private static RecurrentGradients inner(RecurrentMemory memory, RecurrentGradients flow) {
        return flow.withDh(memory.projection().gradient());
    }

    @Override
    public CellWeightGradients weightGradients(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow, RecurrentWeights gradients) {
        CellWeightGradients own = unprojected.weightGradients(sizes, inner(memory), inner(memory, flow), gradients);
        Strips layout = WeightLayout.plain(sizes.units(), sizes.outputs()).strips();
        RowsView dh = memory.projection().dh();
        WeightGradient projection = new WeightGradient(memory.projection().unprojected(), dh, layout,
                gradients.segment(), gradients.cellBytes().getLast(), flow.scratch());
        return (batch, time, member, size) -> {
            own.share(batch, time, member, size);
            int first = Partition.first(layout.count(), member, size);
            int end = Partition.first(layout.count(), member + 1, size);
            if (first < end) {
                projection.strips(sizes.batch(), (long) batch * time, first, end, member);
            }
        };
    }
}
