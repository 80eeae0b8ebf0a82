package dev.gatun.formats.onnx.operator;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;

/** The cell of ONNX's RNN: one function of the sum. */
record OnnxRnnCell(RecurrentShape shape, List<DoubleUnaryOperator> functions) implements OnnxCell {

    static final int GATES = 1;
    static final List<String> FUNCTIONS = List.of("Tanh");

    static OnnxCell of(OperatorCall call, RecurrentShape shape, int direction, List<DoubleUnaryOperator> functions) {
        return new OnnxRnnCell(shape, functions);
    }

    @Override
    public void step(GateSums sums, double[][][] states, IntPredicate goesOn) {
        shape.operands(sums, states[0]);
        sums.recur(0, GATES);
        double[] gates = new double[shape.units()];
        for (int sample = 0; sample < states[0].length; sample++) {
            sums.read(sample, gates);
            for (int unit = 0; goesOn.test(sample) && unit < shape.units(); unit++) {
                states[0][sample][unit] = functions.getFirst()
                        .applyAsDouble(shape.clipped(gates[unit]));
            }
        }
    }
}
