package dev.gatun.engine.gemm;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.RowCopies;
import dev.gatun.engine.kernel.scalar.ScalarRowCopies;
import java.lang.foreign.MemorySegment;

/** Moves rows to where a product reads them, by the kernel or its twin. */
public final class RowPacking {

    private RowPacking() {}

    /** {@code to[rows,columns] = from[rows,columns]}; columns a multiple of 16, offsets and strides in bytes, no overlap. */
    public static void copy(
            MemorySegment from, long fromBytes, long fromRow, MemorySegment to, long toBytes, long toRow, int rows,
            int columns) {
        if (KernelChoice.SCALAR) {
            ScalarRowCopies.copy(from, fromBytes, fromRow, to, toBytes, toRow, rows, columns);
        } else {
            RowCopies.copy(from, fromBytes, fromRow, to, toBytes, toRow, rows, columns);
        }
    }
}
