package dev.gatun.engine.kernel;

import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adagrad over a parameter block: weights w, gradients g, sum of squares s, each {@code [count]}. Formula of Keras 3
 * (keras/src/optimizers/adagrad.py), with products fused into the sums that follow them. Counts are multiples of 16,
 * offsets in bytes.
 */
public final class AdagradUpdates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private AdagradUpdates() {}

    /** s += g^2; w -= rate g / sqrt(s + epsilon). */
    public static void step(
            MemorySegment wSegment, long wBytes, MemorySegment gSegment, long gBytes, MemorySegment sSegment,
            long sBytes, int count,
            float rate, float epsilon) {
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment g = OffHeap.known(gSegment);
        MemorySegment s = OffHeap.known(sSegment);
        FloatVector rates = FloatVector.broadcast(F, rate);
        FloatVector epsilons = FloatVector.broadcast(F, epsilon);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            FloatVector wOld = fromMemorySegment(F, w, wBytes + at, ORDER);
            FloatVector gOld = fromMemorySegment(F, g, gBytes + at, ORDER);
            FloatVector sOld = fromMemorySegment(F, s, sBytes + at, ORDER);
            FloatVector sum = gOld.fma(gOld, sOld);
            sum.intoMemorySegment(s, sBytes + at, ORDER);
            wOld.sub(gOld.mul(rates).div(sum.add(epsilons).sqrt())).intoMemorySegment(w, wBytes + at, ORDER);
        }
    }
}
