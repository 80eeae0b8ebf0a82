package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;

import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;

/** An LSTM's step with functions of whole rows: the formulas of {@link GenericLstmGates}. */
final class RowLstmSteps extends RowSteps {

    private final CellFunctions functions;
    private final RowsView c;
    private final Gate input;
    private final Gate forget;
    private final Gate candidate;
    private final Gate output;

    RowLstmSteps(
            CellFunctions functions, RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        super(sizes, memory, flow);
        this.functions = functions;
        this.c = memory.states().get(1);
        this.input = Gate.of(memory.z(), 0, LstmCell.GATES);
        this.forget = Gate.of(memory.z(), 1, LstmCell.GATES);
        this.candidate = Gate.of(memory.z(), 2, LstmCell.GATES);
        this.output = Gate.of(memory.z(), 3, LstmCell.GATES);
    }

    @Override
    void forward(long zRow, long hRow, long hNext, long carriedRow, long carriedNext) {
        long h = memory.h().at(hNext);
        apply(functions.recurrent(), input, zRow, h);
        apply(functions.recurrent(), forget, zRow, h);
        apply(functions.activation(), candidate, zRow, h);
        apply(functions.recurrent(), output, zRow, h);
        long before = c.at(carriedRow);
        long after = c.at(carriedNext);
        for (int unit = 0; unit < units; unit++) {
            set(after, unit, fma(get(forget, zRow, unit), get(before, unit),
                    get(input, zRow, unit) * get(candidate, zRow, unit)));
        }
        RowActivation.forward(functions.output(), w, after, w, h, units);
        for (int unit = 0; unit < units; unit++) {
            set(h, unit, get(output, zRow, unit) * get(h, unit));
        }
    }

    @Override
    void backward(long zRow, long stateRow, long nextRow, int firstRow) {
        long dh = flow.dh().at(firstRow);
        long dc = flow.dStates().get(1).at(firstRow);
        long before = c.at(stateRow);
        long after = c.at(nextRow);
        long t = scratch(0, firstRow);
        long d = scratch(1, firstRow);
        long dInput = scratch(2, firstRow);
        long dForget = scratch(3, firstRow);
        long y = scratch(4, firstRow);
        long x = scratch(5, firstRow);
        RowActivation.forward(functions.output(), w, after, w, t, units);
        for (int unit = 0; unit < units; unit++) {
            set(d, unit, get(dh, unit) * get(output, zRow, unit));
        }
        RowActivation.backward(functions.output(), w, after, t, d, d, units);
        for (int unit = 0; unit < units; unit++) {
            set(t, unit, get(dh, unit) * get(t, unit));
            set(d, unit, get(d, unit) + get(dc, unit));
            set(dInput, unit, get(d, unit) * get(candidate, zRow, unit));
            set(dForget, unit, get(d, unit) * get(before, unit));
            set(dc, unit, get(d, unit) * get(forget, zRow, unit));
            set(d, unit, get(d, unit) * get(input, zRow, unit));
        }
        back(functions.recurrent(), output, zRow, t, y, x);
        back(functions.recurrent(), input, zRow, dInput, y, x);
        back(functions.recurrent(), forget, zRow, dForget, y, x);
        back(functions.activation(), candidate, zRow, d, y, x);
        scatter(t, output, zRow);
        scatter(dInput, input, zRow);
        scatter(dForget, forget, zRow);
        scatter(d, candidate, zRow);
    }
}
