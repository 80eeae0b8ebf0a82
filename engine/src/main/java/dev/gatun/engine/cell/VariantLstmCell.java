package dev.gatun.engine.cell;

import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.CellWeightGradients;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A long short-term memory with peepholes, coupled gates or a clipped cell state: gates in the order input, forget, candidate,
 * output, of which a coupled cell has no forget gate; the states h and c. Its own weights are the peepholes of the input, the
 * forget and the output gate, as many as there are.
 *
 * @param functions  the cell's nonlinearities
 * @param variant    what it has beside the equations of most systems
 * @param forgetBias what is added to the forget gate beside its bias; 0 in a coupled cell
 */
public record VariantLstmCell(CellFunctions functions, LstmVariant variant, float forgetBias) implements CellKernel {

    private static final CellGates ALL = CellGates.chained(LstmCell.GATES);
    private static final CellGates COUPLED = CellGates.chained(LstmCell.GATES - 1);

    /** @throws IllegalArgumentException if a coupled cell is given a forget bias */
    public VariantLstmCell {
        Arguments.required(functions, "VariantLstmCell", "functions", "for example CellFunctions.STANDARD");
        Arguments.required(variant, "VariantLstmCell", "variant", "for example LstmVariant.NONE");
        if (variant.coupled() && forgetBias != 0) {
            throw new IllegalArgumentException("A coupled cell has no forget gate to add " + forgetBias + " to");
        }
    }

    @Override
    public CellGates gates() {
        return variant.coupled() ? COUPLED : ALL;
    }

    @Override
    public int states() {
        return 2;
    }

    @Override
    public boolean keepsPreactivations() {
        return functions.keepsPreactivations();
    }

    @Override
    public boolean passesH() {
        return false;
    }

    @Override
    public List<Float> biasOffsets() {
        return LstmCell.offsets(forgetBias);
    }

    @Override
    public boolean sumsAllRows() {
        return variant.peepholes();
    }

    @Override
    public List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients) {
        return List.of(
                new VariantLstmSteps(functions, variant, Peepholes.of(variant, weights), memory, gradients));
    }

    @Override
    public CellWeightGradients weightGradients(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow, RecurrentWeights gradients) {
        return variant.peepholes()
                ? new PeepholeGradients(variant, sizes, memory, Peepholes.of(variant, gradients))
                : CellWeightGradients.NONE;
    }
}
