package dev.gatun.engine.cell;

import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import java.util.List;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000): gates in the order input, forget, candidate,
 * output; the states h and c.
 *
 * @param functions  the cell's nonlinearities
 * @param forgetBias what is added to the forget gate beside its bias, as TensorFlow 1 does; 0 in other systems
 */
public record LstmCell(CellFunctions functions, float forgetBias) implements CellKernel {

    /** Input, forget, candidate, output. */
    static final int GATES = 4;
    private static final CellGates CHAINED = CellGates.chained(GATES);

    /** Without another forget bias than the bias. */
    public LstmCell(CellFunctions functions) {
        this(functions, 0);
    }

    /** Constants added to the gates: to the forget gate only. */
    static List<Float> offsets(float forgetBias) {
        return forgetBias == 0 ? List.of() : List.of(0f, forgetBias, 0f, 0f);
    }

    @Override
    public CellGates gates() {
        return CHAINED;
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
    public boolean wholeRows() {
        return functions.areOfRows();
    }

    @Override
    public int scratchRows() {
        return wholeRows() ? RowSteps.SCRATCHES : 1;
    }

    @Override
    public List<Float> biasOffsets() {
        return offsets(forgetBias);
    }

    @Override
    public List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients) {
        if (wholeRows()) {
            return List.of(new RowLstmSteps(functions, sizes, memory, gradients));
        }
        return List.of(new LstmSteps(functions, memory, memory.states().get(1), gradients));
    }
}
