package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The cell of ONNX's LSTM, gates in the order input, output, forget, candidate, as ONNX Runtime computes it: the clip cuts the
 * sums before the gates' activations and nothing else, the peephole of the output gate sees the new c, and with
 * {@code input_forget} the forget gate is one less the input gate.
 */
record OnnxLstmCell(
        RecurrentShape shape, double[] peepholes, boolean couples, List<GateFunction> functions)
        implements
            OnnxCell {

    static final int GATES = 4;
    private static final int CANDIDATE = 3;
    static final List<String> FUNCTIONS = List.of("Sigmoid", "Tanh", "Tanh");
    private static final int P = 7;

    static OnnxCell of(OperatorCall call, RecurrentShape shape, int direction, List<GateFunction> functions) {
        int units = shape.units();
        double[] peepholes = new double[3 * units];
        NumberArray p = call.optional(P);
        for (int i = 0; p != null && i < peepholes.length; i++) {
            peepholes[i] = p.number(direction * peepholes.length + i);
        }
        return new OnnxLstmCell(shape, p == null ? null : peepholes, call.node().whole("input_forget", 0) != 0,
                functions);
    }

    @Override
    public void step(GateSums sums, double[][][] states, IntPredicate goesOn) {
        shape.operands(sums, states[0]);
        sums.recur(0, GATES);
        double[] gates = new double[GATES * shape.units()];
        double[] seen = new double[shape.units()];
        for (int sample = 0; sample < states[0].length; sample++) {
            if (!goesOn.test(sample)) {
                continue;
            }
            // The candidate stands last, behind the three gates, which peepholes look into only step by step.
            boolean areDone = peepholes == null && shape.areActivated(sums, sample, 0, CANDIDATE, functions.get(0));
            boolean isCandidateDone = shape.areActivated(sums, sample, CANDIDATE, GATES, functions.get(1));
            sums.read(sample, gates);
            double[] c = states[1][sample];
            step(gates, c, areDone, isCandidateDone);
            System.arraycopy(c, 0, seen, 0, seen.length);
            output(sums, seen);
            for (int unit = 0; unit < seen.length; unit++) {
                states[0][sample][unit] = gates[seen.length + unit] * seen[unit];
            }
        }
    }

    /** The new c, and in place the output gate. */
    private void step(double[] gates, double[] c, boolean areDone, boolean isCandidateDone) {
        int units = c.length;
        for (int unit = 0; unit < units; unit++) {
            double input = gate(areDone, gates[unit], 0, unit, c[unit]);
            double forget = couples ? 1 - input : gate(areDone, gates[2 * units + unit], 2, unit, c[unit]);
            double sum = gates[CANDIDATE * units + unit];
            double candidate = isCandidateDone ? sum : functions.get(1).of(shape.clipped(sum));
            c[unit] = forget * c[unit] + input * candidate;
            gates[units + unit] = gate(areDone, gates[units + unit], 1, unit, c[unit]);
        }
    }

    private double gate(boolean isDone, double sum, int gate, int unit, double c) {
        if (isDone) {
            return sum;
        }
        double seen = peepholes == null ? 0 : peepholes[gate * shape.units() + unit] * c;
        return functions.getFirst().of(shape.clipped(sum + seen));
    }

    /** The function of c, which is not cut. */
    private void output(GateSums sums, double[] c) {
        GateFunction function = functions.get(2);
        if (function.formula() == null || !sums.activate(c, function.formula())) {
            for (int unit = 0; unit < c.length; unit++) {
                c[unit] = function.of(c[unit]);
            }
        }
    }
}
