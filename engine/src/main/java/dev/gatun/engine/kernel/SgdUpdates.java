package dev.gatun.engine.kernel;

import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradient descent over a parameter block: weights w, gradients g, momentum m, each {@code [count]}. Formulas of Keras
 * 3 (keras/src/optimizers/sgd.py), with products fused into the sums that follow them. Counts are multiples of 16,
 * offsets in bytes.
 */
public final class SgdUpdates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private SgdUpdates() {}

    /** w -= rate g. */
    public static void plain(MemorySegment wSegment, long wBytes, MemorySegment gSegment, long gBytes, int count,
            float rate) {
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment g = OffHeap.known(gSegment);
        FloatVector minusRate = FloatVector.broadcast(F, -rate);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            FloatVector wOld = fromMemorySegment(F, w, wBytes + at, ORDER);
            FloatVector gOld = fromMemorySegment(F, g, gBytes + at, ORDER);
            gOld.fma(minusRate, wOld).intoMemorySegment(w, wBytes + at, ORDER);
        }
    }

    /** m = momentum m - rate g; w += m. */
    public static void momentum(
            MemorySegment wSegment, long wBytes, MemorySegment gSegment, long gBytes, MemorySegment mSegment,
            long mBytes, int count,
            float rate, float momentum) {
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment g = OffHeap.known(gSegment);
        MemorySegment m = OffHeap.known(mSegment);
        FloatVector rates = FloatVector.broadcast(F, rate);
        FloatVector momenta = FloatVector.broadcast(F, momentum);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            FloatVector wOld = fromMemorySegment(F, w, wBytes + at, ORDER);
            FloatVector gOld = fromMemorySegment(F, g, gBytes + at, ORDER);
            FloatVector mOld = fromMemorySegment(F, m, mBytes + at, ORDER);
            FloatVector next = mOld.fma(momenta, gOld.mul(rates).neg());
            next.intoMemorySegment(m, mBytes + at, ORDER);
            wOld.add(next).intoMemorySegment(w, wBytes + at, ORDER);
        }
    }

    /** m = momentum m - rate g; w += momentum m - rate g, with the new m. */
    public static void nesterov(
            MemorySegment wSegment, long wBytes, MemorySegment gSegment, long gBytes, MemorySegment mSegment,
            long mBytes, int count,
            float rate, float momentum) {
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment g = OffHeap.known(gSegment);
        MemorySegment m = OffHeap.known(mSegment);
        FloatVector rates = FloatVector.broadcast(F, rate);
        FloatVector momenta = FloatVector.broadcast(F, momentum);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            FloatVector wOld = fromMemorySegment(F, w, wBytes + at, ORDER);
            FloatVector gOld = fromMemorySegment(F, g, gBytes + at, ORDER);
            FloatVector mOld = fromMemorySegment(F, m, mBytes + at, ORDER);
            FloatVector step = gOld.mul(rates).neg();
            FloatVector next = mOld.fma(momenta, step);
            next.intoMemorySegment(m, mBytes + at, ORDER);
            wOld.add(next.fma(momenta, step)).intoMemorySegment(w, wBytes + at, ORDER);
        }
    }
}
