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
 * @param from        the weight's strips
 * @param to          the transpose's strips
 * @param packed      where the weight lies
 * @param packedBytes byte offset of the weight
 * @param stripBytes  from one of its strips to the next, more than its own where strips of others lie between them
 * @param target      where the transpose goes
 * @param targetBytes byte offset of the transpose
 */
public record TransposedWeight(
        WeightLayout weight, Strips from, Strips to, MemorySegment packed, long packedBytes, long stripBytes,
        MemorySegment target, long targetBytes) {

    public static TransposedWeight of(
            WeightLayout weight, MemorySegment packed, long packedBytes, MemorySegment target, long targetBytes) {
        return new TransposedWeight(weight, weight.strips(), weight.transposed(), packed, packedBytes,
                weight.strips().stripBytes(), target, targetBytes);
    }

    /** A product {@code start + A [M,packedColumns] * transpose}. */
    public Product product(RowsView a, RowsView c, RowsView start) {
        return new Product(a, target, targetBytes, to, c, start);
    }

    /** A team member's share of copying the weight as it is now. */
    public void share(int member, int size) {
        int end = Partition.first(from.count(), member + 1, size);
        for (int strip = Partition.first(from.count(), member, size); strip < end; strip++) {
            for (int target = 0; target < to.count(); target++) {
                transpose(strip, target);
            }
        }
    }

    /** The piece that a strip of the weight and a strip of the transpose share; writes run on, reads go down the rows. */
    private void transpose(int strip, int targetStrip) {
        MemorySegment source = OffHeap.known(packed);
        MemorySegment result = OffHeap.known(target);
        int firstRow = targetStrip * Strips.WIDTH;
        int rows = Math.min(Strips.WIDTH, weight.rows() - firstRow);
        long sourceBytes = packedBytes + strip * stripBytes + firstRow * Strips.ROW_BYTES;
        long resultBytes = targetBytes + to.at(targetStrip) + strip * Strips.WIDTH * Strips.ROW_BYTES;
        for (int column = 0; column < Strips.WIDTH; column++) {
            long read = sourceBytes + (long) column * Float.BYTES;
            long write = resultBytes + column * Strips.ROW_BYTES;
            for (int row = 0; row < rows; row++) {
                result.set(JAVA_FLOAT, write + (long) row * Float.BYTES,
                        source.get(JAVA_FLOAT, read + row * Strips.ROW_BYTES));
            }
        }
    }
}
