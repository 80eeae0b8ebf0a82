package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The cell of ONNX's GRU, gates in the order update, reset, candidate. The reset gate multiplies h before the product with the
 * candidate's weights or, with {@code linear_before_reset}, that product and its bias.
 */
record Gru(RecurrentShape shape, GateRows recurrent, double[] candidateBias, boolean isLinearFirst,
        List<DoubleUnaryOperator> functions) implements RecurrentCell {

    static final int GATES = 3;
    static final List<String> FUNCTIONS = List.of("Sigmoid", "Tanh");

    static RecurrentCell of(OperatorCall call, RecurrentShape shape, int direction,
            List<DoubleUnaryOperator> functions) {
        int units = shape.units();
        double[] bias = new double[units];
        NumberArray b = call.optional(3);
        for (int unit = 0; b != null && unit < units; unit++) {
            bias[unit] = b.number(direction * 2 * GATES * units + (GATES + 2) * units + unit);
        }
        return new Gru(shape, new GateRows(call.input(2), direction), bias,
                call.node().whole("linear_before_reset", 0) != 0, functions);
    }

    @Override
    public void step(double[] gates, double[][] states) {
        int units = shape.units();
        double[] h = states[0];
        recurrent.add(h, 0, units, 0, 2 * units, gates, 0);
        double[] reset = new double[units];
        for (int unit = 0; unit < units; unit++) {
            reset[unit] = gate(0, gates[units + unit]);
        }
        double[] products = Arrays.copyOf(candidateBias, units);
        double[] seen = new double[units];
        for (int unit = 0; unit < units; unit++) {
            seen[unit] = isLinearFirst ? h[unit] : reset[unit] * h[unit];
        }
        recurrent.add(seen, 0, units, 2 * units, units, products, 0);
        for (int unit = 0; unit < units; unit++) {
            double update = gate(0, gates[unit]);
            double candidate = gate(1,
                    gates[2 * units + unit] + (isLinearFirst ? reset[unit] : 1) * products[unit]);
            h[unit] = (1 - update) * candidate + update * h[unit];
        }
    }

    private double gate(int function, double sum) {
        return functions.get(function).applyAsDouble(Math.max(-shape.clip(), Math.min(shape.clip(), sum)));
    }
}
