package dev.gatun.engine.gemm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

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
    public Product product(Rows a, Rows c, Rows start) {
        return new Product(a, target, targetBytes, to, c, start);
    }

    /** Copies the weight as it is now. */
    public void pack() {
        for (int block = 0; block < from.blocks(); block++) {
            int width = from.width(block);
            long blockBytes = packedBytes + from.blockBytes(block);
            for (int inside = 0; inside < width; inside++) {
                int column = from.column(block) + inside;
                for (int row = 0; row < weight.rows(); row++) {
                    float value = packed.get(JAVA_FLOAT, blockBytes + ((long) row * width + inside) * Float.BYTES);
                    target.set(JAVA_FLOAT, targetBytes + to.index(column, row) * Float.BYTES, value);
                }
            }
        }
    }
}
