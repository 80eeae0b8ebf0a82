package dev.gatun.formats.onnx.operator;

import java.util.List;
import java.util.function.IntPredicate;

/** The cell of ONNX's RNN: one function of the sum. */
record OnnxRnnCell(RecurrentShape shape, List<GateFunction> functions) implements OnnxCell {

    static final int GATES = 1;
    static final List<String> FUNCTIONS = List.of("Tanh");

    static OnnxCell of(OperatorCall call, RecurrentShape shape, int direction, List<GateFunction> functions) {
        return new OnnxRnnCell(shape, functions);
    }

    @Override
    public void step(GateSums sums, double[][][] states, IntPredicate goesOn) {
        shape.operands(sums, states[0]);
        sums.recur(0, GATES);
        for (int sample = 0; sample < states[0].length; sample++) {
            if (goesOn.test(sample)) {
                sums.read(sample, states[0][sample]);
                shape.activate(sums, states[0][sample], functions.getFirst());
            }
        }
    }
}
