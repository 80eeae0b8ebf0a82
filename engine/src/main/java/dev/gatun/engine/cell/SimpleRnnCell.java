package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.rnn.CellGates;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * The fully connected recurrent cell (Elman 1990): {@code h' = f(bias + x kernel + h recurrentKernel)}.
 *
 * @param activation f
 */
public record SimpleRnnCell(ActivationFormula activation) implements CellKernel {

    private static final CellGates ONE = CellGates.chained(1);

    public SimpleRnnCell {
        Arguments.required(activation, "SimpleRnnCell", "activation", "for example ActivationFormula.TANH");
    }

    @Override
    public CellGates gates() {
        return ONE;
    }

    @Override
    public int states() {
        return 1;
    }

    /** z keeps them: h has a place of its own. */
    @Override
    public boolean keepsPreactivations() {
        return false;
    }

    @Override
    public boolean passesH() {
        return false;
    }

    @Override
    public boolean wholeRows() {
        return !activation.isElementwise();
    }

    @Override
    public int scratchRows() {
        return wholeRows() ? RowSteps.SCRATCHES : 1;
    }

    @Override
    public List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients) {
        if (wholeRows()) {
            return List.of(new RowSimpleRnnSteps(activation, sizes, memory, gradients));
        }
        return List.of(new SimpleRnnSteps(activation, memory, gradients));
    }
}
