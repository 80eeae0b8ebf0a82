package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The elementwise part of an LSTM cell for 16 units and any number of rows, with sigmoid gates and tanh:
 *
 * <pre>
 * input = s(z0)  forget = s(z1)  candidate = tanh(z2)  output = s(z3)
 * c' = forget c + input candidate        h' = output tanh(c')
 * </pre>
 *
 * (Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; gate order of Keras.) A row of z is 16 floats of
 * one gate; the other gates lie {@link LstmStrides#gate} bytes further on. All memory lies in one segment; offsets are in bytes.
 *
 * <p>One pass per function, while the rows are in the first-level cache: see {@link Activations} for why they do not share a
 * loop.
 */
public final class LstmGates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = Lanes.LANES * Float.BYTES;

    private LstmGates() {}

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
        Activations.tanh(w, z + 2 * gate, zRow, w, z + 2 * gate, zRow, rows);
        Activations.sigmoid(w, z + 3 * gate, zRow, w, z + 3 * gate, zRow, rows);
        cellState(w, strides, z, cPrevious, cNext, rows);
        Activations.tanh(w, cNext, strides.c(), w, h, strides.h(), rows);
        hiddenState(w, z + 3 * gate, zRow, h, strides.h(), rows);
    }

    /** c' = forget c + input candidate. */
    public static void cellState(
            MemorySegment segment, LstmStrides strides, long z, long cPrevious, long cNext, int rows) {
        MemorySegment w = OffHeap.known(segment);
        long gate = strides.gate();
        long zRow = strides.z();
        long cRow = strides.c();
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = z + row * zRow + x;
                long cAt = row * cRow + x;
                FloatVector input = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + gate, ORDER);
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * gate, ORDER);
                forget.fma(fromMemorySegment(F, w, cPrevious + cAt, ORDER), input.mul(candidate))
                        .intoMemorySegment(w, cNext + cAt, ORDER);
            }
        }
    }

    /** h, which holds tanh(c') or another function of it, times output. */
    public static void hiddenState(MemorySegment segment, long output, long zRow, long h, long hRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long hAt = h + row * hRow + x;
                fromMemorySegment(F, w, output + row * zRow + x, ORDER)
                        .mul(fromMemorySegment(F, w, hAt, ORDER))
                        .intoMemorySegment(w, hAt, ORDER);
            }
        }
    }

    /**
     * Gate values in z become the gradients of the pre-activations; dc [rows,16] holds the gradient of cNext on entry and of
     * cPrevious on return; t [rows,16] is overwritten with tanh(cNext). With d = dc + dh output (1 - t^2), the gates'
     * gradients are d candidate, d cPrevious, d input and dh t, each times the derivative of its function.
     */
    public static void backward(
            MemorySegment segment, LstmStrides strides, long z, long cPrevious, long cNext, long dh, long dc, long t,
            int rows) {
        MemorySegment w = OffHeap.known(segment);
        long gate = strides.gate();
        long zRow = strides.z();
        long cRow = strides.c();
        long dhRow = strides.dh();
        long dcRow = strides.dc();
        long tRow = strides.t();
        Activations.tanh(w, cNext, cRow, w, t, tRow, rows);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = z + row * zRow + x;
                long dcAt = dc + row * dcRow + x;
                FloatVector input = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + gate, ORDER);
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * gate, ORDER);
                FloatVector output = fromMemorySegment(F, w, zAt + 3 * gate, ORDER);
                FloatVector dhVector = fromMemorySegment(F, w, dh + row * dhRow + x, ORDER);
                FloatVector tanh = fromMemorySegment(F, w, t + row * tRow + x, ORDER);
                FloatVector one = FloatVector.broadcast(F, 1f);
                FloatVector d = dhVector.mul(output)
                        .fma(tanh.neg().fma(tanh, one), fromMemorySegment(F, w, dcAt, ORDER));
                FloatVector dForget = d.mul(fromMemorySegment(F, w, cPrevious + row * cRow + x, ORDER));
                d.mul(candidate).mul(input.mul(one.sub(input))).intoMemorySegment(w, zAt, ORDER);
                dForget.mul(forget.mul(one.sub(forget))).intoMemorySegment(w, zAt + gate, ORDER);
                d.mul(input).mul(candidate.neg().fma(candidate, one)).intoMemorySegment(w, zAt + 2 * gate, ORDER);
                dhVector.mul(tanh).mul(output.mul(one.sub(output))).intoMemorySegment(w, zAt + 3 * gate, ORDER);
                d.mul(forget).intoMemorySegment(w, dcAt, ORDER);
            }
        }
    }
}
