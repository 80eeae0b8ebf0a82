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
     * {@code C[rows,width] = start + A[rows,1] * B[1,width]}; width a multiple of 16, strides in bytes; start may be C itself,
     * stride 0 repeats a bias. Scalar twin: {@link dev.gatun.engine.kernel.scalar.ScalarTiles#tile} with k 1.
     */
    public static void add(
            MemorySegment aSegment, long a0, long aRow, MemorySegment bSegment, long b0, MemorySegment cSegment,
            long c0, long cRow, MemorySegment sSegment, long s0, long sRow, int rows, int width) {
        MemorySegment a = OffHeap.known(aSegment);
        MemorySegment b = OffHeap.known(bSegment);
        MemorySegment c = OffHeap.known(cSegment);
        MemorySegment s = OffHeap.known(sSegment);
        int rowBytes = width * Float.BYTES;
        for (int row = 0; row < rows; row++) {
            FloatVector x = broadcast(F, a.get(JAVA_FLOAT, a0 + row * aRow));
            for (int column = 0; column < rowBytes; column += STEP) {
                x.fma(fromMemorySegment(F, b, b0 + column, ORDER),
                        fromMemorySegment(F, s, s0 + row * sRow + column, ORDER))
                        .intoMemorySegment(c, c0 + row * cRow + column, ORDER);
            }
        }
    }
}
