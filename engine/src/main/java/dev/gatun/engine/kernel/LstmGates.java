package dev.gatun.engine.kernel;

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
 * (Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; gate order of Keras.) A row of z holds the four
 * gates of the 16 units side by side: 64 floats. All memory lies in one segment; offsets and strides are in bytes. Batch 1
 * may pass its groups of 16 units as rows.
 *
 * <p>One pass per function, while the rows are in the first-level cache: see {@link Activations} for why they do not share a
 * loop.
 */
public final class LstmGates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int GATE = 64;
    private static final int STEP = Lanes.LANES * Float.BYTES;

    private LstmGates() {}

    /**
     * z [rows,64] pre-activations become gate values (backward needs them); writes cNext and h [rows,16]. cNext may be
     * cPrevious.
     */
    public static void forward(
            MemorySegment w, long z, long zRow, long cPrevious, long cNext, long cRow, long h, long hRow, int rows) {
        Activations.sigmoid(w, z, zRow, w, z, zRow, rows);
        Activations.sigmoid(w, z + GATE, zRow, w, z + GATE, zRow, rows);
        Activations.tanh(w, z + 2 * GATE, zRow, w, z + 2 * GATE, zRow, rows);
        Activations.sigmoid(w, z + 3 * GATE, zRow, w, z + 3 * GATE, zRow, rows);
        cellState(w, z, zRow, cPrevious, cNext, cRow, rows);
        Activations.tanh(w, cNext, cRow, w, h, hRow, rows);
        hiddenState(w, z + 3 * GATE, zRow, h, hRow, rows);
    }

    /** c' = forget c + input candidate. */
    private static void cellState(
            MemorySegment segment, long z, long zRow, long cPrevious, long cNext, long cRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < GATE; x += STEP) {
                long zAt = z + row * zRow + x;
                long cAt = row * cRow + x;
                FloatVector input = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + GATE, ORDER);
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * GATE, ORDER);
                forget.fma(fromMemorySegment(F, w, cPrevious + cAt, ORDER), input.mul(candidate))
                        .intoMemorySegment(w, cNext + cAt, ORDER);
            }
        }
    }

    /** h, which holds tanh(c'), times output. */
    private static void hiddenState(MemorySegment segment, long output, long zRow, long h, long hRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < GATE; x += STEP) {
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
            MemorySegment segment, long z, long zRow, long cPrevious, long cNext, long cRow, long dh, long dhRow,
            long dc,
            long dcRow, long t, long tRow, int rows) {
        MemorySegment w = OffHeap.known(segment);
        Activations.tanh(w, cNext, cRow, w, t, tRow, rows);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < GATE; x += STEP) {
                long zAt = z + row * zRow + x;
                long dcAt = dc + row * dcRow + x;
                FloatVector input = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + GATE, ORDER);
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * GATE, ORDER);
                FloatVector output = fromMemorySegment(F, w, zAt + 3 * GATE, ORDER);
                FloatVector dhVector = fromMemorySegment(F, w, dh + row * dhRow + x, ORDER);
                FloatVector tanh = fromMemorySegment(F, w, t + row * tRow + x, ORDER);
                FloatVector one = FloatVector.broadcast(F, 1f);
                FloatVector d = dhVector.mul(output)
                        .fma(tanh.neg().fma(tanh, one), fromMemorySegment(F, w, dcAt, ORDER));
                FloatVector dForget = d.mul(fromMemorySegment(F, w, cPrevious + row * cRow + x, ORDER));
                d.mul(candidate).mul(input.mul(one.sub(input))).intoMemorySegment(w, zAt, ORDER);
                dForget.mul(forget.mul(one.sub(forget))).intoMemorySegment(w, zAt + GATE, ORDER);
                d.mul(input).mul(candidate.neg().fma(candidate, one)).intoMemorySegment(w, zAt + 2 * GATE, ORDER);
                dhVector.mul(tanh).mul(output.mul(one.sub(output))).intoMemorySegment(w, zAt + 3 * GATE, ORDER);
                d.mul(forget).intoMemorySegment(w, dcAt, ORDER);
            }
        }
    }
}
