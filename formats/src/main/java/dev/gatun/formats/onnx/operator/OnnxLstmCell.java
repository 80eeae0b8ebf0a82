package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;

/**
 * The cell of ONNX's LSTM, gates in the order input, output, forget, candidate, as ONNX Runtime computes it: the clip cuts the
 * sums before the gates' activations and nothing else, the peephole of the output gate sees the new c, and with
 * {@code input_forget} the forget gate is one less the input gate.
 */
record OnnxLstmCell(
        RecurrentShape shape, double[] peepholes, boolean couples, List<DoubleUnaryOperator> functions)
        implements
            OnnxCell {

    static final int GATES = 4;
    static final List<String> FUNCTIONS = List.of("Sigmoid", "Tanh", "Tanh");
    private static final int P = 7;

    static OnnxCell of(OperatorCall call, RecurrentShape shape, int direction, List<DoubleUnaryOperator> functions) {
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
        for (int sample = 0; sample < states[0].length; sample++) {
            if (goesOn.test(sample)) {
                sums.read(sample, gates);
                step(gates, states[0][sample], states[1][sample]);
            }
        }
    }

    private void step(double[] gates, double[] h, double[] c) {
        int units = h.length;
        for (int unit = 0; unit < units; unit++) {
            double input = gate(0, gates[unit] + peephole(0, unit, c[unit]));
            double forget = couples
                    ? 1 - input
                    : gate(0, gates[2 * units + unit] + peephole(2, unit, c[unit]));
            double candidate = gate(1, gates[3 * units + unit]);
            c[unit] = forget * c[unit] + input * candidate;
            double output = gate(0, gates[units + unit] + peephole(1, unit, c[unit]));
            h[unit] = output * functions.get(2).applyAsDouble(c[unit]);
        }
    }

    private double peephole(int gate, int unit, double c) {
        return peepholes == null ? 0 : peepholes[gate * shape.units() + unit] * c;
    }

    private double gate(int function, double sum) {
        return functions.get(function).applyAsDouble(shape.clipped(sum));
    }
}
