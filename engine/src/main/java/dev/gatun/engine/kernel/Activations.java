package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.cpu.Lanes.LANES;
import static dev.gatun.engine.kernel.scalar.MathConstants.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MIN;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * exp, tanh, sigmoid and relu over columns of 16 floats in native memory, operation for operation
 * {@link dev.gatun.engine.kernel.scalar.ScalarMath}, where formulas, sources and errors stand. Scalar twin:
 * {@link dev.gatun.engine.kernel.scalar.ScalarActivations}.
 *
 * <p>Every method takes segment, byte offset and bytes from row to row for x and for y, and a number of rows of 16 floats;
 * with 64 bytes from row to row they lie one after the other. x and y are the same place or do not overlap. Nothing is
 * checked here beyond the segment's bounds.
 *
 * <p>Each function is written out in the loop that uses it, and each loop has a method of its own. A function that takes
 * and returns a vector is inlined only as long as C2 has not compiled it alone (InlineSmallCode) and has not parsed 18,000
 * nodes in the caller (NodeCountInliningCutoff; one sigmoid takes 17,000); otherwise every vector becomes an object: 3,744
 * bytes for each step of a small LSTM, and a third of the speed.
 */
public final class Activations {

    /** Bytes of a row of 16 floats. */
    public static final long ROW = 64;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = LANES * Float.BYTES;

    private Activations() {}

    /** y = e^x. */
    public static void exp(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow, int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        var f = FLOATS;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var a = fromMemorySegment(f, from, xBytes + row * xRow + column, ORDER);
                a = a.blend(EXP_MAX, a.compare(GT, EXP_MAX));
                a = a.blend(EXP_MIN, a.compare(LT, EXP_MIN));
                var t = a.fma(LOG2_E, EXP_ROUND);
                var n = t.sub(EXP_ROUND);
                var r = n.fma(broadcast(f, -LN2_LOW), n.fma(broadcast(f, -LN2_HIGH), a));

                var r2 = r.fma(r, broadcast(f, SQUARE_START));
                var low = r.fma(EXP_1, EXP_0);
                var middle = r.fma(EXP_3, EXP_2);
                var p = r2.fma(r2.fma(broadcast(f, EXP_4), middle), low);
                p = r2.fma(p, r).add(1f);

                var k = t.reinterpretAsInts();
                var half = k.lanewise(ASHR, 1);
                var scaled = p.mul(half.lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats());
                scaled.mul(k.sub(half).lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats())
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = 1 / (1 + e^-x). */
    public static void sigmoid(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
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

                broadcast(f, 1f)
                        .blend(e, value.compare(LT, 0f))
                        .div(e.add(1f))
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = tanh x. */
    public static void tanh(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        var f = FLOATS;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(f, from, xBytes + row * xRow + column, ORDER);
                var size = value.abs();
                var a = size.blend(TANH_MAX, size.compare(GT, TANH_MAX));
                var t = a.fma(TANH_LOG2, TANH_ROUND);
                var v = t.sub(TANH_ROUND).fma(broadcast(f, TANH_LN2), a);

                var v2 = v.fma(v, broadcast(f, SQUARE_START));
                var low = v.fma(TANH_1, TANH_0);
                var middle = v.fma(TANH_3, TANH_2);
                var w = v2.fma(v2.fma(broadcast(f, TANH_4), middle), low);
                w = v2.fma(w, v);
                var scale = t.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
                var h = scale.fma(w, scale.fma(-0.5f, 0.5f));

                var result = h.div(broadcast(f, 1f).sub(h))
                        .reinterpretAsInts()
                        .lanewise(MIN, size.reinterpretAsInts());
                value.reinterpretAsInts()
                        .and(SIGN_BIT)
                        .or(result)
                        .reinterpretAsFloats()
                        .intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }

    /** y = 0 where x < 0, otherwise x: NaN stays NaN, -0 stays -0. */
    public static void relu(MemorySegment x, long xBytes, long xRow, MemorySegment y, long yBytes, long yRow,
            int rows) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < ROW; column += STEP) {
                var value = fromMemorySegment(FLOATS, from, xBytes + row * xRow + column, ORDER);
                value.blend(0f, value.compare(LT, 0f)).intoMemorySegment(to, yBytes + row * yRow + column, ORDER);
            }
        }
    }
}
