package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradients through tanh, sigmoid and relu, whose slope follows from their value: {@code dx = dy f'(x)} over rows of 16 floats in
 * one segment. Offsets and strides in bytes. Scalar twin: {@code ActivationFormula.derivative}, one number at a time.
 */
public final class Slopes {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = Lanes.LANES * Float.BYTES;

    private Slopes() {}

    /** dx = dy (1 - y y). */
    public static void tanh(
            MemorySegment segment, long y, long yRow, long dy, long dyRow, long dx, long dxRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                FloatVector value = fromMemorySegment(F, w, y + row * yRow + x, ORDER);
                fromMemorySegment(F, w, dy + row * dyRow + x, ORDER)
                        .mul(value.neg().fma(value, broadcast(F, 1f)))
                        .intoMemorySegment(w, dx + row * dxRow + x, ORDER);
            }
        }
    }

    /** dx = dy y (1 - y). */
    public static void sigmoid(
            MemorySegment segment, long y, long yRow, long dy, long dyRow, long dx, long dxRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                FloatVector value = fromMemorySegment(F, w, y + row * yRow + x, ORDER);
                fromMemorySegment(F, w, dy + row * dyRow + x, ORDER)
                        .mul(value.mul(broadcast(F, 1f).sub(value)))
                        .intoMemorySegment(w, dx + row * dxRow + x, ORDER);
            }
        }
    }

    /** dx = dy where y > 0, otherwise dy times 0: an infinite gradient becomes NaN as in the twin. */
    public static void relu(
            MemorySegment segment, long y, long yRow, long dy, long dyRow, long dx, long dxRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                FloatVector value = fromMemorySegment(F, w, y + row * yRow + x, ORDER);
                fromMemorySegment(F, w, dy + row * dyRow + x, ORDER)
                        .mul(zero(F).blend(broadcast(F, 1f), value.compare(GT, 0f)))
                        .intoMemorySegment(w, dx + row * dxRow + x, ORDER);
            }
        }
    }
}
