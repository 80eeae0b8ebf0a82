package dev.gatun.engine.kernel;

import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adam and AdamW over a parameter block: weights w, gradients g, moments m and v, each {@code [count]}. Formulas of
 * Keras 3 (keras/src/optimizers/adam.py): the bias correction is in the step size and epsilon is added to the
 * uncorrected root, the "epsilon hat" of Kingma and Ba 2015. Products are fused into the sums that follow them. Counts
 * are multiples of 16, offsets in bytes.
 *
 * <p>Two loops, not one that asks whether there is a top: so written, Adam took 0.52 ns a float instead of 0.27 (256 bits).
 */
public final class AdamUpdates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private AdamUpdates() {}

    /**
     * w -= decay w; m += (g - m) mNew; v += (g^2 - v) vNew; w -= rate m / (sqrt(v) + epsilon). {@code rate} already
     * holds the bias correction, learning rate * sqrt(1 - beta2^t) / (1 - beta1^t); {@code mNew} and {@code vNew} are
     * 1 - beta1 and 1 - beta2; {@code decay} is learning rate * weight decay, 0 for Adam.
     */
    public static void adam(
            MemorySegment wSegment, long wBytes, MemorySegment gSegment, long gBytes, MemorySegment mSegment,
            long mBytes,
            MemorySegment vSegment, long vBytes, int count, float rate, float mNew, float vNew, float epsilon,
            float decay) {
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment g = OffHeap.known(gSegment);
        MemorySegment m = OffHeap.known(mSegment);
        MemorySegment v = OffHeap.known(vSegment);
        FloatVector rates = FloatVector.broadcast(F, rate);
        FloatVector mNews = FloatVector.broadcast(F, mNew);
        FloatVector vNews = FloatVector.broadcast(F, vNew);
        FloatVector epsilons = FloatVector.broadcast(F, epsilon);
        FloatVector decays = FloatVector.broadcast(F, -decay);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            FloatVector wOld = fromMemorySegment(F, w, wBytes + at, ORDER);
            FloatVector gOld = fromMemorySegment(F, g, gBytes + at, ORDER);
            FloatVector mOld = fromMemorySegment(F, m, mBytes + at, ORDER);
            FloatVector vOld = fromMemorySegment(F, v, vBytes + at, ORDER);
            FloatVector mean = gOld.sub(mOld).fma(mNews, mOld);
            FloatVector square = gOld.fma(gOld, vOld.neg()).fma(vNews, vOld);
            FloatVector step = mean.mul(rates).div(square.sqrt().add(epsilons));
            mean.intoMemorySegment(m, mBytes + at, ORDER);
            square.intoMemorySegment(v, vBytes + at, ORDER);
            wOld.fma(decays, wOld).sub(step).intoMemorySegment(w, wBytes + at, ORDER);
        }
    }

    /** As {@link #adam}, but the root is taken of top = max(top, v), the largest v so far (Reddi, Kale, Kumar 2018). */
    public static void amsgrad(
            MemorySegment wSegment, long wBytes, MemorySegment gSegment, long gBytes, MemorySegment mSegment,
            long mBytes,
            MemorySegment vSegment, long vBytes, MemorySegment topSegment, long topBytes, int count, float rate,
            float mNew,
            float vNew, float epsilon, float decay) {
        MemorySegment w = OffHeap.known(wSegment);
        MemorySegment g = OffHeap.known(gSegment);
        MemorySegment m = OffHeap.known(mSegment);
        MemorySegment v = OffHeap.known(vSegment);
        MemorySegment top = OffHeap.known(topSegment);
        FloatVector rates = FloatVector.broadcast(F, rate);
        FloatVector mNews = FloatVector.broadcast(F, mNew);
        FloatVector vNews = FloatVector.broadcast(F, vNew);
        FloatVector epsilons = FloatVector.broadcast(F, epsilon);
        FloatVector decays = FloatVector.broadcast(F, -decay);
        for (int i = 0; i < count; i += Lanes.LANES) {
            long at = (long) i << 2;
            FloatVector wOld = fromMemorySegment(F, w, wBytes + at, ORDER);
            FloatVector gOld = fromMemorySegment(F, g, gBytes + at, ORDER);
            FloatVector mOld = fromMemorySegment(F, m, mBytes + at, ORDER);
            FloatVector vOld = fromMemorySegment(F, v, vBytes + at, ORDER);
            FloatVector topOld = fromMemorySegment(F, top, topBytes + at, ORDER);
            FloatVector mean = gOld.sub(mOld).fma(mNews, mOld);
            FloatVector square = gOld.fma(gOld, vOld.neg()).fma(vNews, vOld);
            FloatVector highest = topOld.max(square);
            FloatVector step = mean.mul(rates).div(highest.sqrt().add(epsilons));
            mean.intoMemorySegment(m, mBytes + at, ORDER);
            square.intoMemorySegment(v, vBytes + at, ORDER);
            highest.intoMemorySegment(top, topBytes + at, ORDER);
            wOld.fma(decays, wOld).sub(step).intoMemorySegment(w, wBytes + at, ORDER);
        }
    }
}
