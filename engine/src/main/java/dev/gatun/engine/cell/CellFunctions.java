package dev.gatun.engine.cell;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKernels;
import dev.gatun.memory.check.Arguments;

/**
 * The nonlinearities of a cell.
 *
 * @param activation of the candidate
 * @param recurrent  of the gates
 * @param output     of an LSTM's cell state on its way to h
 */
public record CellFunctions(
        ActivationFormula activation, ActivationFormula recurrent, ActivationFormula output) {

    public static final CellFunctions STANDARD = new CellFunctions(ActivationFormula.TANH, ActivationFormula.SIGMOID);

    public CellFunctions {
        Arguments.required(activation, "CellFunctions", "activation", "for example ActivationFormula.TANH");
        Arguments.required(recurrent, "CellFunctions", "recurrent", "for example ActivationFormula.SIGMOID");
        Arguments.required(output, "CellFunctions", "output", "for example ActivationFormula.TANH");
    }

    /** The candidate's activation is also that of the cell state. */
    public CellFunctions(ActivationFormula activation, ActivationFormula recurrent) {
        this(activation, recurrent, activation);
    }

    /**
     * Candidate and gates of pre-activations that have been clipped to [-limit, limit], as ONNX's operators have it; the cell state
     * is not.
     *
     * @param limit above 0, or 0 for none
     */
    public CellFunctions clipped(float limit) {
        return limit == 0 ? this : new CellFunctions(activation.clipped(limit), recurrent.clipped(limit), output);
    }

    /** Whether one of them looks at all units of a row at once. */
    public boolean areOfRows() {
        return !activation.isElementwise() || !recurrent.isElementwise() || !output.isElementwise();
    }

    /** Whether the SIMD gates of the ordinary cell serve. */
    public boolean isStandard() {
        // The equals of a record is made when it is first called, which takes a start of the JVM ten milliseconds.
        return activation == ActivationFormula.TANH && recurrent == ActivationFormula.SIGMOID
                && output == ActivationFormula.TANH;
    }

    /** Whether the SIMD gates of the second most frequent cell serve: relu, and gates by sigmoid. */
    public boolean isRelu() {
        return activation == ActivationFormula.RELU && recurrent == ActivationFormula.SIGMOID
                && output == ActivationFormula.RELU;
    }

    /** Whether the SIMD kernels of these functions serve now, one after the other. */
    boolean areKernels() {
        return ActivationKernels.serve(activation) && ActivationKernels.serve(recurrent)
                && ActivationKernels.serve(output);
    }

    /** Whether backward needs the pre-activations of the gates besides their values. */
    public boolean keepsPreactivations() {
        return activation.derivativeNeedsInput() || recurrent.derivativeNeedsInput();
    }
}
