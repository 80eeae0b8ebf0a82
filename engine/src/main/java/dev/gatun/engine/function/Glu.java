package dev.gatun.engine.function;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.scalar.ScalarMath;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * The gated linear unit of one row (Dauphin et al. 2017): of 2 N numbers, the first N times the sigmoid of the others. Offsets in
 * bytes.
 */
public final class Glu {

    private Glu() {}

    /** {@code y[i] = x[i] sigmoid(x[columns + i])}; x may be y. */
    public static void forward(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int columns) {
        Arguments.required(x, "Glu.forward", "x", "the memory of the row");
        Arguments.required(y, "Glu.forward", "y", "the memory of the result");
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            float gate = ScalarMath.sigmoid(x.get(JAVA_FLOAT, xBytes + gateOf(i, columns)));
            y.set(JAVA_FLOAT, yBytes + at, x.get(JAVA_FLOAT, xBytes + at) * gate);
        }
    }

    /**
     * The gradient of the 2 N numbers from that of the N; all in one segment.
     *
     * @param add whether dx holds a gradient to add to
     */
    public static void backward(MemorySegment w, long x, long dy, long dx, boolean add, int columns) {
        Arguments.required(w, "Glu.backward", "w", "the memory of all rows");
        for (int i = 0; i < columns; i++) {
            long at = (long) i << 2;
            long gateAt = gateOf(i, columns);
            float gate = ScalarMath.sigmoid(w.get(JAVA_FLOAT, x + gateAt));
            float flow = w.get(JAVA_FLOAT, dy + at);
            float slope = w.get(JAVA_FLOAT, x + at) * (gate * (1f - gate));
            float before = add ? w.get(JAVA_FLOAT, dx + at) : 0f;
            float gateBefore = add ? w.get(JAVA_FLOAT, dx + gateAt) : 0f;
            w.set(JAVA_FLOAT, dx + at, fma(flow, gate, before));
            w.set(JAVA_FLOAT, dx + gateAt, fma(flow, slope, gateBefore));
        }
    }

    private static long gateOf(int column, int columns) {
        return (long) (columns + column) << 2;
    }
}
