package dev.gatun.engine.kernel.scalar;

import static dev.gatun.engine.cpu.Fma.fma;
import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.LstmStrides;
import java.lang.foreign.MemorySegment;

/** The exact oracle of the LSTM's elementwise part; contract and formulas as in the SIMD twin {@code LstmGates}. */
public final class ScalarLstmGates {

    private static final int UNITS = 16;

    private ScalarLstmGates() {}

    /** Over arrays, as {@link ScalarTiles#tile} and for its reason. */
    public static void forward(
            MemorySegment w, LstmStrides strides, long z, long cPrevious, long cNext, long h, int rows) {
        float[] gates = new float[4 * UNITS];
        float[] c = new float[UNITS];
        float[] out = new float[UNITS];
        MemorySegment gatesMemory = MemorySegment.ofArray(gates);
        MemorySegment cMemory = MemorySegment.ofArray(c);
        MemorySegment outMemory = MemorySegment.ofArray(out);
        for (int row = 0; row < rows; row++) {
            long zAt = z + row * strides.z();
            for (int gate = 0; gate < 4; gate++) {
                MemorySegment.copy(w, zAt + gate * strides.gate(), gatesMemory, gate * STRIP_ROW, STRIP_ROW);
            }
            MemorySegment.copy(w, cPrevious + row * strides.c(), cMemory, 0, STRIP_ROW);
            units(gates, c, out);
            for (int gate = 0; gate < 4; gate++) {
                MemorySegment.copy(gatesMemory, gate * STRIP_ROW, w, zAt + gate * strides.gate(), STRIP_ROW);
            }
            MemorySegment.copy(cMemory, 0, w, cNext + row * strides.c(), STRIP_ROW);
            MemorySegment.copy(outMemory, 0, w, h + row * strides.h(), STRIP_ROW);
        }
    }

    /** Called often, and so compiled early. */
    private static void units(float[] gates, float[] c, float[] out) {
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
