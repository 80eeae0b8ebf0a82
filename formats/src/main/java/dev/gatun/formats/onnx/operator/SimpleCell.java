package dev.gatun.formats.onnx.operator;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The cell of ONNX's RNN: one function of the sum. */
record SimpleCell(RecurrentShape shape, GateRows recurrent, List<DoubleUnaryOperator> functions)
        implements
            RecurrentCell {

    static final int GATES = 1;
    static final List<String> FUNCTIONS = List.of("Tanh");

    static RecurrentCell of(OperatorCall call, RecurrentShape shape, int direction,
            List<DoubleUnaryOperator> functions) {
        return new SimpleCell(shape, new GateRows(call.input(2), direction), functions);
    }

    @Override
    public void step(double[] gates, double[][] states) {
        recurrent.add(states[0], 0, shape.units(), 0, shape.units(), gates, 0);
        for (int unit = 0; unit < shape.units(); unit++) {
            states[0][unit] = functions.getFirst()
                    .applyAsDouble(Math.max(-shape.clip(), Math.min(shape.clip(), gates[unit])));
        }
    }
}
