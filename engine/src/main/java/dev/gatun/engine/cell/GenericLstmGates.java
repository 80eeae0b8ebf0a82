package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of an LSTM cell with any activations, one number at a time: the formulas of {@code LstmGates} with
 * sigmoid and tanh replaced.
 */
final class GenericLstmGates {

    /** Says that no pre-activations are kept. */
    static final long NONE = -1;

    private static final int UNITS = 16;
    private static final int GATE = UNITS * Float.BYTES;

    private GenericLstmGates() {}

    /** z [rows,64] becomes gate values; pre, if kept, has z's stride and receives the pre-activations. */
    static void forward(
            LstmFunctions functions, MemorySegment w, long z, long zRow, long pre, long cPrevious, long cNext,
            long cRow,
            long h, long hRow, int rows) {
        ActivationFormula activation = functions.activation();
        ActivationFormula recurrent = functions.recurrent();
        for (int row = 0; row < rows; row++) {
            if (pre != NONE) {
                MemorySegment.copy(w, z + row * zRow, w, pre + row * zRow, 4L * GATE);
            }
            for (int unit = 0; unit < UNITS; unit++) {
                long x = (long) unit * Float.BYTES;
                long zAt = z + row * zRow + x;
                long cAt = row * cRow + x;
                float input = recurrent.value(w.get(JAVA_FLOAT, zAt));
                float forget = recurrent.value(w.get(JAVA_FLOAT, zAt + GATE));
                float candidate = activation.value(w.get(JAVA_FLOAT, zAt + 2 * GATE));
                float output = recurrent.value(w.get(JAVA_FLOAT, zAt + 3 * GATE));
                float c = fma(forget, w.get(JAVA_FLOAT, cPrevious + cAt), input * candidate);
                w.set(JAVA_FLOAT, zAt, input);
                w.set(JAVA_FLOAT, zAt + GATE, forget);
                w.set(JAVA_FLOAT, zAt + 2 * GATE, candidate);
                w.set(JAVA_FLOAT, zAt + 3 * GATE, output);
                w.set(JAVA_FLOAT, cNext + cAt, c);
                w.set(JAVA_FLOAT, h + row * hRow + x, output * activation.value(c));
            }
        }
    }

    static void backward(
            LstmFunctions functions, MemorySegment w, long z, long zRow, long pre, long cPrevious, long cNext,
            long cRow,
            long dh, long dhRow, long dc, long dcRow, int rows) {
        ActivationFormula activation = functions.activation();
        ActivationFormula recurrent = functions.recurrent();
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < UNITS; unit++) {
                long x = (long) unit * Float.BYTES;
                long zAt = z + row * zRow + x;
                long preAt = pre == NONE ? zAt : pre + row * zRow + x;
                long cAt = row * cRow + x;
                long dcAt = dc + row * dcRow + x;
                float input = w.get(JAVA_FLOAT, zAt);
                float forget = w.get(JAVA_FLOAT, zAt + GATE);
                float candidate = w.get(JAVA_FLOAT, zAt + 2 * GATE);
                float output = w.get(JAVA_FLOAT, zAt + 3 * GATE);
                float dhValue = w.get(JAVA_FLOAT, dh + row * dhRow + x);
                float c = w.get(JAVA_FLOAT, cNext + cAt);
                float t = activation.value(c);
                float d = fma(dhValue * output, activation.derivative(c, t), w.get(JAVA_FLOAT, dcAt));
                float dForget = d * w.get(JAVA_FLOAT, cPrevious + cAt);
                w.set(JAVA_FLOAT, zAt, d * candidate * recurrent.derivative(w.get(JAVA_FLOAT, preAt), input));
                w.set(JAVA_FLOAT, zAt + GATE, dForget * recurrent.derivative(w.get(JAVA_FLOAT, preAt + GATE), forget));
                w.set(JAVA_FLOAT, zAt + 2 * GATE,
                        d * input * activation.derivative(w.get(JAVA_FLOAT, preAt + 2 * GATE), candidate));
                w.set(JAVA_FLOAT, zAt + 3 * GATE,
                        dhValue * t * recurrent.derivative(w.get(JAVA_FLOAT, preAt + 3 * GATE), output));
                w.set(JAVA_FLOAT, dcAt, d * forget);
            }
        }
    }
}
