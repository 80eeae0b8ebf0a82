package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;

/** A simple cell's step with a function of whole rows; z keeps the pre-activations. */
final class RowSimpleRnnSteps extends RowSteps {

    private final ActivationFormula activation;
    private final Gate gate;

    RowSimpleRnnSteps(
            ActivationFormula activation, RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        super(sizes, memory, flow);
        this.activation = activation;
        this.gate = Gate.of(memory.z(), 0, 1);
    }

    @Override
    void forward(long zRow, long hRow, long hNext, long carriedRow, long carriedNext) {
        long h = memory.h().at(hNext);
        gather(gate, zRow, 0, h);
        RowActivation.forward(activation, w, h, w, h, units);
    }

    @Override
    void backward(long zRow, long stateRow, long nextRow, int firstRow) {
        long x = scratch(0, firstRow);
        long d = scratch(1, firstRow);
        gather(gate, zRow, 0, x);
        RowActivation.backward(activation, w, x, memory.h().at(nextRow), flow.dh().at(firstRow), d, units);
        scatter(d, gate, zRow);
    }
}
