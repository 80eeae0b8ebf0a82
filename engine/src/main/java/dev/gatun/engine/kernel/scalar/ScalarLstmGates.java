package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The exact oracle of the LSTM's elementwise part; contract and formulas as in the SIMD twin {@code LstmGates}. */
public final class ScalarLstmGates {

    private static final int UNITS = 16;
    private static final int GATE = UNITS * Float.BYTES;

    private ScalarLstmGates() {}

    /** Over arrays, as {@link ScalarTiles#tile} and for its reason. */
    public static void forward(
            MemorySegment w, long z, long zRow, long cPrevious, long cNext, long cRow, long h, long hRow, int rows) {
        float[] gates = new float[4 * UNITS];
        float[] c = new float[UNITS];
        float[] out = new float[UNITS];
        MemorySegment gatesMemory = MemorySegment.ofArray(gates);
        MemorySegment cMemory = MemorySegment.ofArray(c);
        MemorySegment outMemory = MemorySegment.ofArray(out);
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(w, z + row * zRow, gatesMemory, 0, 4 * GATE);
            MemorySegment.copy(w, cPrevious + row * cRow, cMemory, 0, GATE);
            for (int unit = 0; unit < UNITS; unit++) {
                float input = ScalarMath.sigmoid(gates[unit]);
                float forget = ScalarMath.sigmoid(gates[UNITS + unit]);
                float candidate = ScalarMath.tanh(gates[2 * UNITS + unit]);
                float output = ScalarMath.sigmoid(gates[3 * UNITS + unit]);
                gates[unit] = input;
                gates[UNITS + unit] = forget;
                gates[2 * UNITS + unit] = candidate;
                gates[3 * UNITS + unit] = output;
                c[unit] = fma(forget, c[unit], input * candidate);
                out[unit] = output * ScalarMath.tanh(c[unit]);
            }
            MemorySegment.copy(gatesMemory, 0, w, z + row * zRow, 4 * GATE);
            MemorySegment.copy(cMemory, 0, w, cNext + row * cRow, GATE);
            MemorySegment.copy(outMemory, 0, w, h + row * hRow, GATE);
        }
    }

    public static void backward(
            MemorySegment w, long z, long zRow, long cPrevious, long cNext, long cRow, long dh, long dhRow, long dc,
            long dcRow, long t, long tRow, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < UNITS; unit++) {
                long x = (long) unit * Float.BYTES;
                long zAt = z + row * zRow + x;
                long cAt = row * cRow + x;
                long dcAt = dc + row * dcRow + x;
                float input = w.get(JAVA_FLOAT, zAt);
                float forget = w.get(JAVA_FLOAT, zAt + GATE);
                float candidate = w.get(JAVA_FLOAT, zAt + 2 * GATE);
                float output = w.get(JAVA_FLOAT, zAt + 3 * GATE);
                float dhValue = w.get(JAVA_FLOAT, dh + row * dhRow + x);
                float tanh = ScalarMath.tanh(w.get(JAVA_FLOAT, cNext + cAt));
                w.set(JAVA_FLOAT, t + row * tRow + x, tanh);
                float d = fma(dhValue * output, fma(-tanh, tanh, 1f), w.get(JAVA_FLOAT, dcAt));
                float dForget = d * w.get(JAVA_FLOAT, cPrevious + cAt);
                w.set(JAVA_FLOAT, zAt, d * candidate * (input * (1f - input)));
                w.set(JAVA_FLOAT, zAt + GATE, dForget * (forget * (1f - forget)));
                w.set(JAVA_FLOAT, zAt + 2 * GATE, d * input * fma(-candidate, candidate, 1f));
                w.set(JAVA_FLOAT, zAt + 3 * GATE, dhValue * tanh * (output * (1f - output)));
                w.set(JAVA_FLOAT, dcAt, d * forget);
            }
        }
    }
}
