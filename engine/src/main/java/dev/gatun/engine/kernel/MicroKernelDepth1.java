package dev.gatun.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of k of a product. For products of very few steps, such as a model's single input: a tile whose loop turns once
 * when C2 looks at it is compiled for that, and then runs at two thirds of its speed on every other product of the process.
 */
public final class MicroKernelDepth1 {

    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = Lanes.LANES * Float.BYTES;

    private MicroKernelDepth1() {}

    /**
     * {@code C[rows,N] = start + A[rows,1] * B[1,N]}; offsets in bytes of the first row and strip; start may be C itself. Scalar
     * twin: {@link dev.gatun.engine.kernel.scalar.ScalarTiles#tile} with k 1.
     */
    public static void add(TilePlaces places, long a0, long b0, long c0, long s0, int rows, int strips) {
        MemorySegment a = OffHeap.known(places.a());
        MemorySegment b = OffHeap.known(places.b());
        MemorySegment c = OffHeap.known(places.c());
        MemorySegment s = OffHeap.known(places.s());
        for (int strip = 0; strip < strips; strip++) {
            for (int column = 0; column < TilePlaces.STRIP_ROW; column += STEP) {
                FloatVector y = fromMemorySegment(F, b, b0 + strip * places.bStrip() + column, ORDER);
                long sAt = s0 + strip * places.sStrip() + column;
                long cAt = c0 + strip * places.cStrip() + column;
                for (int row = 0; row < rows; row++) {
                    broadcast(F, a.get(JAVA_FLOAT, a0 + row * places.aRow()))
                            .fma(y, fromMemorySegment(F, s, sAt + row * places.sRow(), ORDER))
                            .intoMemorySegment(c, cAt + row * places.cRow(), ORDER);
                }
            }
        }
    }
}
