package dev.gatun.engine.cell;

import dev.gatun.engine.gemm.RowsView;
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
 * An LSTM whose gates' sums are each normalized over the units, and its cell state after each step, which goes on normalized
 * (Ba, Kiros and Hinton 2016, as TensorFlow 1's LayerNormBasicLSTMCell has it). Its own weights are gamma and beta of the gates
 * [4U] and of the cell state [U].
 *
 * @param functions  the cell's nonlinearities
 * @param epsilon    what is added to a variance
 * @param forgetBias what is added to the normalized forget gate
 */
public record LayerNormLstmCell(CellFunctions functions, double epsilon, float forgetBias) implements CellKernel {

    private static final CellGates CHAINED = CellGates.chained(LstmCell.GATES);

    /** @throws IllegalArgumentException if epsilon is not above 0 */
    public LayerNormLstmCell {
        Arguments.required(functions, "LayerNormLstmCell", "functions", "for example CellFunctions.STANDARD");
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("A variance is kept from 0 by an epsilon above 0, got " + epsilon);
        }
    }

    @Override
    public CellGates gates() {
        return CHAINED;
    }

    @Override
    public int states() {
        return 2;
    }

    /** What was normalized. */
    @Override
    public boolean keepsPreactivations() {
        return true;
    }

    @Override
    public boolean passesH() {
        return false;
    }

    @Override
    public boolean wholeRows() {
        return true;
    }

    @Override
    public int rowSums(RecurrentSizes sizes) {
        return LayerNormPlaces.floats(sizes.unitBlocks());
    }

    @Override
    public List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients) {
        return List.of(new LayerNormLstmSteps(this, LayerNormPlaces.of(weights, sizes.unitBlocks()), sizes, memory,
                gradients));
    }

    /** Each row of the batch has summed up its steps; the rows are added in their order. */
    @Override
    public CellWeightGradients weightGradients(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow, RecurrentWeights gradients) {
        LayerNormPlaces places = LayerNormPlaces.of(gradients, sizes.unitBlocks());
        RowsView sums = flow.rowSums();
        int blocks = sizes.unitBlocks();
        return (batch, time, member, size) -> {
            int endBlock = Partition.first(blocks, member + 1, size);
            for (int block = Partition.first(blocks, member, size); block < endBlock; block++) {
                for (int row = 0; row < batch; row++) {
                    places.add(sums.segment(), sums.at(row), block);
                }
            }
        };
    }
}
