package dev.gatun.formats.onnx.operator;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The cell of ONNX's GRU, gates in the order update, reset, candidate. The reset gate multiplies h before the product with the
 * candidate's weights or, with {@code linear_before_reset}, that product and its bias.
 */
record OnnxGruCell(RecurrentShape shape, boolean isLinearFirst, List<GateFunction> functions)
        implements
            OnnxCell {

    static final int GATES = 3;
    static final int CANDIDATE = 2;
    static final List<String> FUNCTIONS = List.of("Sigmoid", "Tanh");

    static OnnxCell of(OperatorCall call, RecurrentShape shape, int direction, List<GateFunction> functions) {
        return new OnnxGruCell(shape, call.node().whole("linear_before_reset", 0) != 0, functions);
    }

    @Override
    public void step(GateSums sums, double[][][] states, IntPredicate goesOn) {
        double[][] h = states[0];
        shape.operands(sums, h);
        sums.recur(0, CANDIDATE);
        int units = shape.units();
        double[][] gates = new double[h.length][GATES * units];
        double[] seen = new double[units];
        for (int sample = 0; sample < h.length; sample++) {
            boolean areDone = shape.areActivated(sums, sample, 0, CANDIDATE, functions.getFirst());
            sums.read(sample, gates[sample]);
            for (int unit = 0; unit < units; unit++) {
                if (!areDone) {
                    gates[sample][unit] = gate(gates[sample][unit]);
                    gates[sample][units + unit] = gate(gates[sample][units + unit]);
                }
                seen[unit] = isLinearFirst ? h[sample][unit] : gates[sample][units + unit] * h[sample][unit];
            }
            sums.operands(sample, seen);
        }
        sums.recurApart(CANDIDATE);
        for (int sample = 0; sample < h.length; sample++) {
            sums.readApart(sample, seen);
            if (!goesOn.test(sample)) {
                continue;
            }
            for (int unit = 0; unit < units; unit++) {
                double recurrent = (isLinearFirst ? gates[sample][units + unit] : 1) * seen[unit];
                seen[unit] = gates[sample][CANDIDATE * units + unit] + recurrent;
            }
            shape.activate(sums, seen, functions.get(1));
            for (int unit = 0; unit < units; unit++) {
                double update = gates[sample][unit];
                h[sample][unit] = (1 - update) * seen[unit] + update * h[sample][unit];
            }
        }
    }

    private double gate(double sum) {
        return functions.getFirst().of(shape.clipped(sum));
    }
}
