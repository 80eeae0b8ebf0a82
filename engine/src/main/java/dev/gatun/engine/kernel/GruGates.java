package dev.gatun.engine.kernel;

import static dev.gatun.engine.kernel.TilePlaces.STRIP_ROW;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The elementwise part of a GRU cell (Cho et al. 2014) for 16 units and any number of rows, with sigmoid gates and tanh:
 *
 * <pre>
 * update = s(z0)  reset = s(z1)
 * candidate = tanh(x part + reset h part)     if the reset gate comes after the product (Keras's reset_after, cuDNN), or
 * candidate = tanh(z2), z2 made of reset h    if it comes before
 * h' = update h + (1 - update) candidate, rounded as fma(update, h, (1 - update) candidate)
 * </pre>
 *
 * A row of a gate is 16 floats; the reset gate lies {@link GruStrides#reset} bytes behind the update gate, the candidate
 * elsewhere. All memory lies in one segment; offsets are in bytes. The scalar twin is the path of any functions,
 * {@code dev.gatun.engine.cell.GenericGruGates}, with tanh and sigmoid, bit for bit.
 *
 * <p>One pass per function, as {@link LstmGates} and for its reason.
 */
public final class GruGates {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = Lanes.LANES * Float.BYTES;

    private GruGates() {}

    /**
     * A step whose reset gate comes after the product: pre-activations become values of gates, those of the candidate's x part the
     * candidate, {@code recurrent}, its h part, stays; writes hNext.
     */
    public static void forward(
            MemorySegment w, GruStrides strides, long gates, long candidate, long recurrent, long h, long hNext,
            int rows) {
        gates(w, strides, gates, rows);
        join(w, strides, gates + strides.reset(), candidate, recurrent, rows);
        state(w, strides, gates, candidate, h, hNext, rows);
    }

    /** The first stage where the reset gate comes before the product: values of both gates, and {@code read = reset h}. */
    public static void forwardReset(MemorySegment segment, GruStrides strides, long gates, long h, long read,
            int rows) {
        gates(segment, strides, gates, rows);
        reset(segment, strides, gates, h, read, rows);
    }

    /** {@code read = reset h}, of the gate's value. */
    public static void reset(MemorySegment segment, GruStrides strides, long gates, long h, long read, int rows) {
        MemorySegment w = OffHeap.known(segment);
        long reset = gates + strides.reset();
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long hAt = row * strides.h() + x;
                fromMemorySegment(F, w, reset + row * strides.gates() + x, ORDER)
                        .mul(fromMemorySegment(F, w, h + hAt, ORDER))
                        .intoMemorySegment(w, read + hAt, ORDER);
            }
        }
    }

    /** The second stage: the candidate's value, and hNext. */
    public static void state(
            MemorySegment segment, GruStrides strides, long gates, long candidate, long h, long hNext, int rows) {
        Activations.tanh(segment, candidate, strides.candidate(), segment, candidate, strides.candidate(), rows);
        next(segment, strides, gates, candidate, h, hNext, rows);
    }

    /** h' of the update gate and the candidate, both values. */
    public static void next(
            MemorySegment segment, GruStrides strides, long gates, long candidate, long h, long hNext, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long hAt = row * strides.h() + x;
                FloatVector update = fromMemorySegment(F, w, gates + row * strides.gates() + x, ORDER);
                FloatVector kept = broadcast(F, 1f).sub(update)
                        .mul(fromMemorySegment(F, w, candidate + row * strides.candidate() + x, ORDER));
                update.fma(fromMemorySegment(F, w, h + hAt, ORDER), kept).intoMemorySegment(w, hNext + hAt, ORDER);
            }
        }
    }

    private static void gates(MemorySegment w, GruStrides strides, long gates, int rows) {
        long row = strides.gates();
        Activations.sigmoid(w, gates, row, w, gates, row, rows);
        Activations.sigmoid(w, gates + strides.reset(), row, w, gates + strides.reset(), row, rows);
    }

    /** The candidate's pre-activation of its two parts. */
    public static void join(
            MemorySegment segment, GruStrides strides, long reset, long candidate, long recurrent, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long at = row * strides.candidate() + x;
                fromMemorySegment(F, w, reset + row * strides.gates() + x, ORDER)
                        .fma(fromMemorySegment(F, w, recurrent + at, ORDER),
                                fromMemorySegment(F, w, candidate + at, ORDER))
                        .intoMemorySegment(w, candidate + at, ORDER);
            }
        }
    }

    /**
     * Gate values become the gradients of the pre-activations, {@code recurrent} that of the candidate's h part; dh holds the
     * gradient of hNext on entry and the part of h's that comes by no product on return.
     */
    public static void backward(
            MemorySegment segment, GruStrides strides, long gates, long candidate, long recurrent, long h, long dh,
            int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = gates + row * strides.gates() + x;
                long cAt = row * strides.candidate() + x;
                long dhAt = dh + row * strides.dh() + x;
                FloatVector one = broadcast(F, 1f);
                FloatVector update = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector reset = fromMemorySegment(F, w, zAt + strides.reset(), ORDER);
                FloatVector value = fromMemorySegment(F, w, candidate + cAt, ORDER);
                FloatVector part = fromMemorySegment(F, w, recurrent + cAt, ORDER);
                FloatVector before = fromMemorySegment(F, w, h + row * strides.h() + x, ORDER);
                FloatVector d = fromMemorySegment(F, w, dhAt, ORDER);
                FloatVector dCandidate = d.mul(one.sub(update)).mul(value.neg().fma(value, one));
                dCandidate.intoMemorySegment(w, candidate + cAt, ORDER);
                dCandidate.mul(reset).intoMemorySegment(w, recurrent + cAt, ORDER);
                dCandidate.mul(part).mul(reset.mul(one.sub(reset))).intoMemorySegment(w, zAt + strides.reset(), ORDER);
                d.mul(before.sub(value)).mul(update.mul(one.sub(update))).intoMemorySegment(w, zAt, ORDER);
                d.mul(update).intoMemorySegment(w, dhAt, ORDER);
            }
        }
    }

    /** The second stage where the reset gate comes before the product; dh as in {@link #backward}. */
    public static void backwardState(
            MemorySegment segment, GruStrides strides, long gates, long candidate, long h, long dh, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = gates + row * strides.gates() + x;
                long cAt = candidate + row * strides.candidate() + x;
                long dhAt = dh + row * strides.dh() + x;
                FloatVector one = broadcast(F, 1f);
                FloatVector update = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector value = fromMemorySegment(F, w, cAt, ORDER);
                FloatVector before = fromMemorySegment(F, w, h + row * strides.h() + x, ORDER);
                FloatVector d = fromMemorySegment(F, w, dhAt, ORDER);
                d.mul(one.sub(update)).mul(value.neg().fma(value, one)).intoMemorySegment(w, cAt, ORDER);
                d.mul(before.sub(value)).mul(update.mul(one.sub(update))).intoMemorySegment(w, zAt, ORDER);
                d.mul(update).intoMemorySegment(w, dhAt, ORDER);
            }
        }
    }

    /** The first stage: dRead is the gradient of {@code reset h}, of which h's part is added to dh. */
    public static void backwardReset(
            MemorySegment segment, GruStrides strides, long gates, long h, long dRead, long dh, int rows) {
        MemorySegment w = OffHeap.known(segment);
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < STRIP_ROW; x += STEP) {
                long zAt = gates + strides.reset() + row * strides.gates() + x;
                long dAt = row * strides.dh() + x;
                FloatVector reset = fromMemorySegment(F, w, zAt, ORDER);
                FloatVector d = fromMemorySegment(F, w, dRead + dAt, ORDER);
                d.mul(fromMemorySegment(F, w, h + row * strides.h() + x, ORDER))
                        .mul(reset.mul(broadcast(F, 1f).sub(reset)))
                        .intoMemorySegment(w, zAt, ORDER);
                d.fma(reset, fromMemorySegment(F, w, dh + dAt, ORDER)).intoMemorySegment(w, dh + dAt, ORDER);
            }
        }
    }
}
