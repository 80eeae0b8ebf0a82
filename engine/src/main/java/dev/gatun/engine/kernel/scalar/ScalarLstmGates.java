package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.LstmStrides;
import java.lang.foreign.MemorySegment;

/** The exact oracle of the LSTM's elementwise part; contract and formulas as in the SIMD twin {@code LstmGates}. */
public final class ScalarLstmGates {

    private static final int UNITS = 16;
    /** Rows that are copied at a time, and their floats of one gate. */
    private static final int ROWS = 32;
    private static final int PART = ROWS * UNITS;

    private ScalarLstmGates() {}

    /** Over arrays, as {@link ScalarTiles#tile} and for its reason. */
    public static void forward(
            MemorySegment w, LstmStrides strides, long z, long cPrevious, long cNext, long h, int rows) {
        float[] gates = new float[4 * PART];
        float[] c = new float[PART];
        float[] out = new float[PART];
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            long zAt = z + first * strides.z();
            for (int gate = 0; gate < 4; gate++) {
                HeapRows.read(w, zAt + gate * strides.gate(), strides.z(), gates, gate * PART, UNITS, count);
            }
            HeapRows.read(w, cPrevious + first * strides.c(), strides.c(), c, 0, UNITS, count);
            for (int row = 0; row < count; row++) {
                units(gates, c, out, row * UNITS);
            }
            for (int gate = 0; gate < 4; gate++) {
                HeapRows.write(gates, gate * PART, w, zAt + gate * strides.gate(), strides.z(), UNITS, count);
            }
            HeapRows.write(c, 0, w, cNext + first * strides.c(), strides.c(), UNITS, count);
            HeapRows.write(out, 0, w, h + first * strides.h(), strides.h(), UNITS, count);
        }
    }

    /** Of one row; called often, and so compiled early. */
    private static void units(float[] gates, float[] c, float[] out, int first) {
        for (int at = first; at < first + UNITS; at++) {
            float input = ScalarMath.sigmoid(gates[at]);
            float forget = ScalarMath.sigmoid(gates[PART + at]);
            float candidate = ScalarMath.tanh(gates[2 * PART + at]);
            float output = ScalarMath.sigmoid(gates[3 * PART + at]);
            gates[at] = input;
            gates[PART + at] = forget;
            gates[2 * PART + at] = candidate;
            gates[3 * PART + at] = output;
            c[at] = fma(forget, c[at], input * candidate);
            out[at] = output * ScalarMath.tanh(c[at]);
        }
    }

    public static void backward(
            MemorySegment w, LstmStrides strides, long z, long cPrevious, long cNext, long dh, long dc, long t,
            int rows) {
        long gate = strides.gate();
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < UNITS; unit++) {
                long x = (long) unit * Float.BYTES;
                long zAt = z + row * strides.z() + x;
                long cAt = row * strides.c() + x;
                long dcAt = dc + row * strides.dc() + x;
                float input = w.get(JAVA_FLOAT, zAt);
                float forget = w.get(JAVA_FLOAT, zAt + gate);
                float candidate = w.get(JAVA_FLOAT, zAt + 2 * gate);
                float output = w.get(JAVA_FLOAT, zAt + 3 * gate);
                float dhValue = w.get(JAVA_FLOAT, dh + row * strides.dh() + x);
                float tanh = ScalarMath.tanh(w.get(JAVA_FLOAT, cNext + cAt));
                w.set(JAVA_FLOAT, t + row * strides.t() + x, tanh);
                float d = fma(dhValue * output, fma(-tanh, tanh, 1f), w.get(JAVA_FLOAT, dcAt));
                float dForget = d * w.get(JAVA_FLOAT, cPrevious + cAt);
                w.set(JAVA_FLOAT, zAt, d * candidate * (input * (1f - input)));
                w.set(JAVA_FLOAT, zAt + gate, dForget * (forget * (1f - forget)));
                w.set(JAVA_FLOAT, zAt + 2 * gate, d * input * fma(-candidate, candidate, 1f));
                w.set(JAVA_FLOAT, zAt + 3 * gate, dhValue * tanh * (output * (1f - output)));
                w.set(JAVA_FLOAT, dcAt, d * forget);
            }
        }
    }
}
