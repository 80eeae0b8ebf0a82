package dev.gatun.engine.cell;

import static dev.gatun.engine.rnn.GateGroup.Products.CHAINED;
import static dev.gatun.engine.rnn.GateGroup.Products.INPUT;
import static dev.gatun.engine.rnn.GateGroup.Products.RECURRENT;

import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.GateGroup;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import java.util.List;

/**
 * Gated recurrent unit (Cho et al. 2014): gates in the order update, reset, candidate; the state h. If the reset gate comes after
 * the product, the candidate's two parts are products of their own, and there are two biases; if it comes before, the candidate's
 * recurrent product reads what the reset gate leaves of h.
 *
 * @param functions  the cell's nonlinearities
 * @param resetAfter whether the reset gate is applied after the recurrent product, as Keras does by default, and cuDNN
 */
public record GruCell(CellFunctions functions, boolean resetAfter) implements CellKernel {

    private static final List<Integer> BOTH = List.of(0, 1);
    private static final List<Integer> CANDIDATE = List.of(2);
    private static final CellGates AFTER = new CellGates(List.of(
            new GateGroup(CANDIDATE, INPUT), new GateGroup(BOTH, CHAINED), new GateGroup(CANDIDATE, RECURRENT)));
    private static final CellGates BEFORE = new CellGates(
            List.of(new GateGroup(BOTH, CHAINED), new GateGroup(CANDIDATE, CHAINED, 1)));

    @Override
    public CellGates gates() {
        return resetAfter ? AFTER : BEFORE;
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public boolean keepsPreactivations() {
        return functions.keepsPreactivations();
    }

    @Override
    public boolean passesH() {
        return true;
    }

    @Override
    public boolean wholeRows() {
        return functions.areOfRows();
    }

    @Override
    public int scratchRows() {
        return wholeRows() ? RowSteps.SCRATCHES : 1;
    }

    @Override
    public List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients) {
        if (wholeRows()) {
            return resetAfter
                    ? RowGruSteps.resetAfter(functions, sizes, memory, gradients)
                    : RowGruSteps.resetBefore(functions, sizes, memory, gradients);
        }
        return resetAfter
                ? List.of(new GruSteps(functions, GruPlaces.resetAfter(sizes, memory, gradients)))
                : List.of(
                        new GruResetSteps(functions, GruPlaces.resetBefore(sizes, memory, gradients)),
                        new GruCandidateSteps(functions, GruPlaces.resetBefore(sizes, memory, gradients)));
    }
}
