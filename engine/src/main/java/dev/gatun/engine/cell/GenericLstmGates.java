package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.TilePlaces;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of an LSTM cell with any activations, one number at a time: the formulas of {@code LstmGates} with
 * sigmoid and tanh replaced. It is the scalar twin of {@link KernelLstmGates} and, with relu and sigmoid, of
 * {@code ReluLstmGates}.
 */
final class GenericLstmGates {

    /** Says that no pre-activations are kept. */
    static final long NONE = -1;

    private static final int UNITS = 16;

    private GenericLstmGates() {}

    /** z [rows,16] of each gate becomes gate values; pre, if kept, has z's strides and receives the pre-activations. */
    static void forward(
            CellFunctions functions, MemorySegment w, LstmStrides strides, long z, long pre, long cPrevious,
            long cNext, long h, int rows) {
        long gate = strides.gate();
        ActivationFormula activation = functions.activation();
        ActivationFormula recurrent = functions.recurrent();
        for (int row = 0; row < rows; row++) {
            if (pre != NONE) {
                keep(w, strides, z + row * strides.z(), pre + row * strides.z());
            }
            for (int unit = 0; unit < UNITS; unit++) {
                long x = (long) unit * Float.BYTES;
                long zAt = z + row * strides.z() + x;
                long cAt = row * strides.c() + x;
                float input = recurrent.value(w.get(JAVA_FLOAT, zAt));
                float forget = recurrent.value(w.get(JAVA_FLOAT, zAt + gate));
                float candidate = activation.value(w.get(JAVA_FLOAT, zAt + 2 * gate));
                float output = recurrent.value(w.get(JAVA_FLOAT, zAt + 3 * gate));
                float c = fma(forget, w.get(JAVA_FLOAT, cPrevious + cAt), input * candidate);
                w.set(JAVA_FLOAT, zAt, input);
                w.set(JAVA_FLOAT, zAt + gate, forget);
                w.set(JAVA_FLOAT, zAt + 2 * gate, candidate);
                w.set(JAVA_FLOAT, zAt + 3 * gate, output);
                w.set(JAVA_FLOAT, cNext + cAt, c);
                w.set(JAVA_FLOAT, h + row * strides.h() + x, output * functions.output().value(c));
            }
        }
    }

    /** The pre-activations of one row. */
    static void keep(MemorySegment w, LstmStrides strides, long z, long pre) {
        for (int i = 0; i < LstmCell.GATES; i++) {
            MemorySegment.copy(w, z + i * strides.gate(), w, pre + i * strides.gate(), TilePlaces.STRIP_ROW);
        }
    }

    static void backward(
            CellFunctions functions, MemorySegment w, LstmStrides strides, long z, long pre, long cPrevious,
            long cNext, long dh, long dc, int rows) {
        long gate = strides.gate();
        ActivationFormula activation = functions.activation();
        ActivationFormula recurrent = functions.recurrent();
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < UNITS; unit++) {
                long x = (long) unit * Float.BYTES;
                long zAt = z + row * strides.z() + x;
                long preAt = pre == NONE ? zAt : pre + row * strides.z() + x;
                long cAt = row * strides.c() + x;
                long dcAt = dc + row * strides.dc() + x;
                float input = w.get(JAVA_FLOAT, zAt);
                float forget = w.get(JAVA_FLOAT, zAt + gate);
                float candidate = w.get(JAVA_FLOAT, zAt + 2 * gate);
                float output = w.get(JAVA_FLOAT, zAt + 3 * gate);
                float dhValue = w.get(JAVA_FLOAT, dh + row * strides.dh() + x);
                float c = w.get(JAVA_FLOAT, cNext + cAt);
                float t = functions.output().value(c);
                float d = fma(dhValue * output, functions.output().derivative(c, t), w.get(JAVA_FLOAT, dcAt));
                float dForget = d * w.get(JAVA_FLOAT, cPrevious + cAt);
                w.set(JAVA_FLOAT, zAt, d * candidate * recurrent.derivative(w.get(JAVA_FLOAT, preAt), input));
                w.set(JAVA_FLOAT, zAt + gate, dForget * recurrent.derivative(w.get(JAVA_FLOAT, preAt + gate), forget));
                w.set(JAVA_FLOAT, zAt + 2 * gate,
                        d * input * activation.derivative(w.get(JAVA_FLOAT, preAt + 2 * gate), candidate));
                w.set(JAVA_FLOAT, zAt + 3 * gate,
                        dhValue * t * recurrent.derivative(w.get(JAVA_FLOAT, preAt + 3 * gate), output));
                w.set(JAVA_FLOAT, dcAt, d * forget);
            }
        }
    }
}
