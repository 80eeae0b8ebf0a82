package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.scalar.MathConstants.*;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The parts of a softmax in which no two elements meet in a sum, over counts that are multiples of 16. Scalar twins stand in
 * {@link dev.gatun.engine.function.RowActivation}'s softmax, which also takes what is left of a row. The exponential is
 * {@link Activations#exp}, written out for the reason that is told there. Offsets in bytes; x and y are the same place or do
 * not overlap.
 */
public final class SoftmaxRows {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private SoftmaxRows() {}

    /** The largest element, as {@link Math#max} has it: NaN if there is one, and 0 before -0. */
    public static float largest(MemorySegment xSegment, long xBytes, int count) {
        MemorySegment x = OffHeap.known(xSegment);
        FloatVector largest = broadcast(F, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < count; i += Lanes.LANES) {
            largest = fromMemorySegment(F, x, xBytes + ((long) i << 2), ORDER).max(largest);
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    /** y = e^(x - largest). */
    public static void exp(MemorySegment x, long xBytes, MemorySegment y, long yBytes, int count, float largest) {
        MemorySegment from = OffHeap.known(x);
        MemorySegment to = OffHeap.known(y);
        var f = Lanes.FLOATS;
        for (int i = 0; i < count; i += Lanes.LANES) {
            var a = fromMemorySegment(f, from, xBytes + ((long) i << 2), ORDER).sub(largest);
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
                    .intoMemorySegment(to, yBytes + ((long) i << 2), ORDER);
        }
    }

    /** y = y / sum. */
    public static void divide(MemorySegment ySegment, long yBytes, int count, float sum) {
        MemorySegment y = OffHeap.known(ySegment);
        FloatVector sums = broadcast(F, sum);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = yBytes + ((long) i << 2);
            fromMemorySegment(F, y, at, ORDER).div(sums).intoMemorySegment(y, at, ORDER);
        }
    }

    /** dx = y (dy - sum); dx may be dy. */
    public static void backward(MemorySegment segment, long y, long dy, long dx, int count, float sum) {
        MemorySegment w = OffHeap.known(segment);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            fromMemorySegment(F, w, y + at, ORDER).mul(fromMemorySegment(F, w, dy + at, ORDER).sub(sum))
                    .intoMemorySegment(w, dx + at, ORDER);
        }
    }
}
