package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.cpu.Lanes.LANES;
import static dev.gatun.engine.kernel.Activations.ROW;
import static dev.gatun.engine.kernel.scalar.MathConstants.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Activation functions of a few operations, over columns of 16 floats in native memory; arguments as those of
 * {@link Activations}. The scalar twin is {@code dev.gatun.engine.function.ActivationFormula.value}, bit for bit: zeros are
 * positive where a maximum with 0 makes them so there, and NaN stays NaN. The source of each formula stands with
 * {@code ActivationKind}.
 */
public final class FurtherActivations {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = LANES * Float.BYTES;

    private FurtherActivations() {}

    /** y = x. */
    public static void linear(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER)
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = max(x, 0), where 0 is larger than -0. */
    public static void positive(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                value.blend(0f, value.compare(LE, 0f)).intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = min(max(x, 0), most), where 0 is larger than -0. */
    public static void positive(float most, MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes,
            long yRow, int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                value.blend(0f, value.compare(LE, 0f)).blend(most, value.compare(GT, most))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = x above zero, slope x below. */
    public static void leakyRelu(float slope, MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes,
            long yRow, int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                value.blend(value.mul(slope), value.compare(LT, 0f))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = min(max(x, -1), 1). */
    public static void hardTanh(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                value.blend(-1f, value.compare(LT, -1f)).blend(1f, value.compare(GT, 1f))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = min(max(slope x + 1/2, 0), 1). */
    public static void hardSigmoid(float slope, MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes,
            long yRow, int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var line = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER)
                        .fma(broadcast(FLOATS, slope), broadcast(FLOATS, 0.5f));
                line.blend(0f, line.compare(LE, 0f)).blend(1f, line.compare(GT, 1f))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = x min(max(x / 6 + 1/2, 0), 1). */
    public static void hardSilu(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                var line = value.fma(broadcast(FLOATS, 1f / 6f), broadcast(FLOATS, 0.5f));
                value.mul(line.blend(0f, line.compare(LE, 0f)).blend(1f, line.compare(GT, 1f)))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = x / (1 + |x|). */
    public static void softsign(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                value.div(value.abs().add(1f)).intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = x / (1 + e^-x), with the sigmoid of {@link Activations#sigmoid}. */
    public static void silu(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        var f = FLOATS;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(f, from, xBytes + row * xRow + column, ORDER);
                var a = value.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats();
                a = a.blend(SIGMOID_MIN, a.compare(LT, SIGMOID_MIN));
                var t = a.fma(LOG2_E, SIGMOID_ROUND);
                var n = t.sub(SIGMOID_ROUND);
                var r = n.fma(broadcast(f, -LN2_LOW), n.fma(broadcast(f, -LN2_HIGH), a));

                var r2 = r.fma(r, broadcast(f, SQUARE_START));
                var low = r.fma(EXP_1, EXP_0);
                var middle = r.fma(EXP_3, EXP_2);
                var p = r2.fma(r2.fma(broadcast(f, EXP_4), middle), low);
                p = r2.fma(p, r).add(1f);
                var scale = t.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
                var e = p.mul(scale).mul(SIGMOID_RESCALE);

                value.mul(broadcast(f, 1f).blend(e, value.compare(LT, 0f)).div(e.add(1f)))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }
}
