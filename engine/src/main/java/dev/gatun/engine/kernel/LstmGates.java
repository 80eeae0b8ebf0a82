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
 * gates of the 16 units side by side: 64 floats. All memory lies in one segment; offsets and strides are in bytes.
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
        for (int row = 0; row < rows; row++) {
            long zAt = z + row * zRow;
            long cAt = row * cRow;
            long hAt = h + row * hRow;
            for (int x = 0; x < GATE; x += STEP) {
                FloatVector input = VectorMath.sigmoid(fromMemorySegment(F, w, zAt + x, ORDER));
                FloatVector forget = VectorMath.sigmoid(fromMemorySegment(F, w, zAt + GATE + x, ORDER));
                FloatVector candidate = VectorMath.tanh(fromMemorySegment(F, w, zAt + 2 * GATE + x, ORDER));
                FloatVector output = VectorMath.sigmoid(fromMemorySegment(F, w, zAt + 3 * GATE + x, ORDER));
                FloatVector c = forget.fma(fromMemorySegment(F, w, cPrevious + cAt + x, ORDER), input.mul(candidate));
                input.intoMemorySegment(w, zAt + x, ORDER);
                forget.intoMemorySegment(w, zAt + GATE + x, ORDER);
                candidate.intoMemorySegment(w, zAt + 2 * GATE + x, ORDER);
                output.intoMemorySegment(w, zAt + 3 * GATE + x, ORDER);
                c.intoMemorySegment(w, cNext + cAt + x, ORDER);
                output.mul(VectorMath.tanh(c)).intoMemorySegment(w, hAt + x, ORDER);
            }
        }
    }

    /**
     * Gate values in z become the gradients of the pre-activations; dc [rows,16] holds the gradient of cNext on entry and of
     * cPrevious on return. With t = tanh(cNext): d = dc + dh output (1 - t^2); the gates' gradients are dh t, d candidate,
     * d cPrevious, d input, each times the derivative of its function.
     */
    public static void backward(
            MemorySegment w, long z, long zRow, long cPrevious, long cNext, long cRow, long dh, long dhRow, long dc,
            long dcRow, int rows) {
        for (int row = 0; row < rows; row++) {
            long zAt = z + row * zRow;
            long cAt = row * cRow;
            long dhAt = dh + row * dhRow;
            long dcAt = dc + row * dcRow;
            for (int x = 0; x < GATE; x += STEP) {
                FloatVector input = fromMemorySegment(F, w, zAt + x, ORDER);
                FloatVector forget = fromMemorySegment(F, w, zAt + GATE + x, ORDER);
                FloatVector candidate = fromMemorySegment(F, w, zAt + 2 * GATE + x, ORDER);
                FloatVector output = fromMemorySegment(F, w, zAt + 3 * GATE + x, ORDER);
                FloatVector dhVector = fromMemorySegment(F, w, dhAt + x, ORDER);
                FloatVector t = VectorMath.tanh(fromMemorySegment(F, w, cNext + cAt + x, ORDER));
                FloatVector one = FloatVector.broadcast(F, 1f);
                FloatVector d = dhVector.mul(output)
                        .fma(t.neg().fma(t, one), fromMemorySegment(F, w, dcAt + x, ORDER));
                FloatVector dForget = d.mul(fromMemorySegment(F, w, cPrevious + cAt + x, ORDER));
                d.mul(candidate).mul(input.mul(one.sub(input))).intoMemorySegment(w, zAt + x, ORDER);
                dForget.mul(forget.mul(one.sub(forget))).intoMemorySegment(w, zAt + GATE + x, ORDER);
                d.mul(input).mul(candidate.neg().fma(candidate, one)).intoMemorySegment(w, zAt + 2 * GATE + x, ORDER);
                dhVector.mul(t).mul(output.mul(one.sub(output))).intoMemorySegment(w, zAt + 3 * GATE + x, ORDER);
                d.mul(forget).intoMemorySegment(w, dcAt + x, ORDER);
            }
        }
    }
}
