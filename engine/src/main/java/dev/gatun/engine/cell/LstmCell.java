package dev.gatun.engine.cell;

import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000): gates in the order input, forget, candidate,
 * output; the states h and c.
 *
 * @param functions the cell's nonlinearities
 */
public record LstmCell(LstmFunctions functions) implements CellKernel {

    /** Input, forget, candidate, output. */
    public static final int GATES = 4;

    @Override
    public int gates() {
        return GATES;
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
    public CellSteps steps(RecurrentMemory memory, RecurrentGradients gradients) {
        return new LstmSteps(functions, memory, memory.states().get(1), gradients);
    }
}
