package dev.gatun.engine.gemm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.OffHeap;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/**
 * The transpose {@code [packedColumns, rows]} of a packed weight, packed itself, for the products that go backward. Its rows
 * follow the packed columns, paddings included; its columns are padded to 16 with zeros that nobody writes.
 *
 * @param weight      layout of the weight
 * @param from        the weight's blocks
 * @param to          the transpose's blocks
 * @param packed      where the weight lies
 * @param packedBytes byte offset of the weight
 * @param target      where the transpose goes
 * @param targetBytes byte offset of the transpose
 */
public record TransposedWeight(
        WeightLayout weight, Panels from, Panels to, MemorySegment packed, long packedBytes, MemorySegment target,
        long targetBytes) {

    public static TransposedWeight of(
            WeightLayout weight, MemorySegment packed, long packedBytes, MemorySegment target, long targetBytes) {
        return new TransposedWeight(
                weight, weight.panels(), weight.transposed(), packed, packedBytes, target, targetBytes);
    }

    /** A product {@code start + A [M,packedColumns] * transpose}. */
    public Product product(RowsView a, RowsView c, RowsView start) {
        return new Product(a, target, targetBytes, to, c, start);
    }

    /** A team member's share of copying the weight as it is now. */
    public void share(int member, int size) {
        int end = Partition.first(from.blocks(), member + 1, size);
        for (int block = Partition.first(from.blocks(), member, size); block < end; block++) {
            for (int target = 0; target < to.blocks(); target++) {
                transpose(block, target);
            }
        }
    }

    /** The piece that a block of the weight and a block of the transpose share; writes run on, reads go down the rows. */
    private void transpose(int block, int targetBlock) {
        MemorySegment source = OffHeap.known(packed);
        MemorySegment result = OffHeap.known(target);
        long sourceRow = from.width(block) * (long) Float.BYTES;
        long targetRow = to.width(targetBlock) * (long) Float.BYTES;
        int firstRow = to.column(targetBlock);
        int rows = Math.min(to.width(targetBlock), weight.rows() - firstRow);
        long sourceBytes = packedBytes + from.blockBytes(block) + firstRow * sourceRow;
        long resultBytes = targetBytes + to.blockBytes(targetBlock) + from.column(block) * targetRow;
        for (int column = 0; column < from.width(block); column++) {
            long read = sourceBytes + (long) column * Float.BYTES;
            long write = resultBytes + column * targetRow;
            for (int row = 0; row < rows; row++) {
                result.set(JAVA_FLOAT, write + (long) row * Float.BYTES,
                        source.get(JAVA_FLOAT, read + row * sourceRow));
            }
        }
    }
}
