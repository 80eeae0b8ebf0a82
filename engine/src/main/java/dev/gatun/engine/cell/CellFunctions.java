package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.memory.check.Arguments;

/**
 * The two nonlinearities of a cell.
 *
 * @param activation of the candidate, and of an LSTM's cell state on its way to h
 * @param recurrent  of the gates
 */
public record CellFunctions(ActivationFormula activation, ActivationFormula recurrent) {

    public static final CellFunctions STANDARD = new CellFunctions(ActivationFormula.TANH, ActivationFormula.SIGMOID);

    public CellFunctions {
        Arguments.required(activation, "CellFunctions", "activation", "for example ActivationFormula.TANH");
        Arguments.required(recurrent, "CellFunctions", "recurrent", "for example ActivationFormula.SIGMOID");
    }

    /** Whether one of them looks at all units of a row at once. */
    public boolean areOfRows() {
        return !activation.isElementwise() || !recurrent.isElementwise();
    }

    /** Whether the SIMD gates of the ordinary cell serve. */
    public boolean isStandard() {
        // The equals of a record is made when it is first called, which takes a start of the JVM ten milliseconds.
        return activation == ActivationFormula.TANH && recurrent == ActivationFormula.SIGMOID;
    }

    /** Whether the SIMD gates of the second most frequent cell serve: relu, and gates by sigmoid. */
    public boolean isRelu() {
        return activation == ActivationFormula.RELU && recurrent == ActivationFormula.SIGMOID;
    }

    /** Whether backward needs the pre-activations of the gates besides their values. */
    public boolean keepsPreactivations() {
        return activation.derivativeNeedsInput() || recurrent.derivativeNeedsInput();
    }
}
