package dev.gatun.engine.kernel;

import static dev.gatun.engine.cpu.Lanes.FLOATS;
import static dev.gatun.engine.cpu.Lanes.LANES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Copies of short rows, to pack operands of products: {@code MemorySegment.copy} takes longer for its checks than 16 or 64
 * floats take to copy. Scalar twin: {@link dev.gatun.engine.kernel.scalar.ScalarRowCopies}.
 */
public final class RowCopies {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int STEP = LANES * Float.BYTES;

    private RowCopies() {}

    /** {@code to[rows,columns] = from[rows,columns]}; columns a multiple of 16, strides in bytes, no overlap. */
    public static void copy(
            MemorySegment fromSegment, long fromBytes, long fromRow, MemorySegment toSegment, long toBytes, long toRow,
            int rows, int columns) {
        MemorySegment from = OffHeap.known(fromSegment);
        MemorySegment to = OffHeap.known(toSegment);
        int rowBytes = columns * Float.BYTES;
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < rowBytes; x += STEP) {
                FloatVector v = fromMemorySegment(FLOATS, from, fromBytes + row * fromRow + x, ORDER);
                v.intoMemorySegment(to, toBytes + row * toRow + x, ORDER);
            }
        }
    }
}
