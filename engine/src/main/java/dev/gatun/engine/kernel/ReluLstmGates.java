package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LstmGates} with relu in the place of tanh; memory and arguments as there. Its scalar twin is the path of any
 * functions, {@code dev.gatun.engine.cell.GenericLstmGates}, with relu and sigmoid, bit for bit: relu here makes 0 of -0, as
 * {@code Math.max} does there, which {@link Activations#relu} does not.
 *
 * <p>relu is two operations, so that it shares the loop of the cell state: unlike {@link LstmGates} there is no pass for the
 * candidate, for tanh of the state, and for h.
 */
public final class ReluLstmGates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = Lanes.LANES * Float.BYTES;

    private ReluLstmGates() {}

    /**
     * z [rows,16] of each gate, pre-activations, become gate values (backward needs them); writes cNext and h [rows,16]. cNext
     * may be cPrevious.
     */
    public static void forward(
            MemorySegment w, LstmStrides strides, long z, long cPrevious, long cNext, long h, int rows) {
        long gate = strides.gate();
        long zRow = strides.z();
        Activations.sigmoid(w, z, zRow, w, z, zRow, rows);
        Activations.sigmoid(w, z + gate, zRow, w, z + gate, zRow, rows);
        Activations.sigmoid(w, z + 3 * gate, zRow, w, z + 3 * gate, zRow, rows);
        states(w, strides, z, cPrevious, cNext, h, rows);
    }

    /** candidate = relu(z2), c' = forget c + input candidate, h = output relu(c'). */
    private static void states(
            MemorySegment segment, LstmStrides strides, long z, long cPrevious, long cNext, long h, int rows) {
        MemorySegment w = OffHeap.known(segment);
        long gate = strides.gate();
        long zRow = strides.z();
        long cRow = strides.c();
        long hRow = strides.h();
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = z + row * zRow + x;
                long cAt = row * cRow + x;
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * gate, ORDER);
                candidate = candidate.blend(0f, candidate.compare(LE, 0f));
                candidate.intoMemorySegment(w, zAt + 2 * gate, ORDER);
                FloatVector input = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + gate, ORDER);
                FloatVector c = forget.fma(fromMemorySegment(F, w, cPrevious + cAt, ORDER), input.mul(candidate));
                c.intoMemorySegment(w, cNext + cAt, ORDER);
                fromMemorySegment(F, w, zAt + 3 * gate, ORDER)
                        .mul(c.blend(0f, c.compare(LE, 0f)))
                        .intoMemorySegment(w, h + row * hRow + x, ORDER);
            }
        }
    }

    /**
     * Gate values in z become the gradients of the pre-activations; dc [rows,16] holds the gradient of cNext on entry and of
     * cPrevious on return. With t = relu(cNext), whose slope is 1 where it is above zero and 0 elsewhere, and
     * d = dc + dh output slope(t), the gates' gradients are d candidate, d cPrevious, d input and dh t, each times the slope
     * of its function. They are multiplied by a slope of 0, not set to 0: an infinite gradient becomes NaN as in the twin.
     */
    public static void backward(
            MemorySegment segment, LstmStrides strides, long z, long cPrevious, long cNext, long dh, long dc,
            int rows) {
        MemorySegment w = OffHeap.known(segment);
        long gate = strides.gate();
        long zRow = strides.z();
        long cRow = strides.c();
        long dhRow = strides.dh();
        long dcRow = strides.dc();
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = z + row * zRow + x;
                long cAt = row * cRow + x;
                long dcAt = dc + row * dcRow + x;
                FloatVector input = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + gate, ORDER);
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * gate, ORDER);
                FloatVector output = fromMemorySegment(F, w, zAt + 3 * gate, ORDER);
                FloatVector dhVector = fromMemorySegment(F, w, dh + row * dhRow + x, ORDER);
                FloatVector c = fromMemorySegment(F, w, cNext + cAt, ORDER);
                FloatVector one = broadcast(F, 1f);
                FloatVector d = dhVector.mul(output)
                        .fma(zero(F).blend(one, c.compare(GT, 0f)), fromMemorySegment(F, w, dcAt, ORDER));
                FloatVector dForget = d.mul(fromMemorySegment(F, w, cPrevious + cAt, ORDER));
                d.mul(candidate).mul(input.mul(one.sub(input))).intoMemorySegment(w, zAt, ORDER);
                dForget.mul(forget.mul(one.sub(forget))).intoMemorySegment(w, zAt + gate, ORDER);
                d.mul(input)
                        .mul(zero(F).blend(one, candidate.compare(GT, 0f)))
                        .intoMemorySegment(w, zAt + 2 * gate, ORDER);
                dhVector.mul(c.blend(0f, c.compare(LE, 0f)))
                        .mul(output.mul(one.sub(output)))
                        .intoMemorySegment(w, zAt + 3 * gate, ORDER);
                d.mul(forget).intoMemorySegment(w, dcAt, ORDER);
            }
        }
    }
}
