package dev.gatun.engine.gemm;

import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;

/** One row of a weight on its way between the public matrix and the packed place, in both orders of columns. */
final class PackedRow {

    private final Panels panels;
    private final int[] places;
    private final float[] plain;
    private final float[] packed;
    private final MemorySegment plainMemory;
    private final MemorySegment packedMemory;

    PackedRow(WeightLayout layout) {
        this.panels = layout.panels();
        this.places = new int[layout.columns()];
        for (int column = 0; column < places.length; column++) {
            places[column] = layout.packedColumn(column);
        }
        this.plain = new float[layout.columns()];
        this.packed = new float[panels.columns()];
        this.plainMemory = MemorySegment.ofArray(plain);
        this.packedMemory = MemorySegment.ofArray(packed);
    }

    void pack(Tensor matrix, int row, MemorySegment to, long toBytes) {
        MemorySegment.copy(matrix.segment(), rowBytes(matrix, row), plainMemory, 0, plainMemory.byteSize());
        for (int column = 0; column < plain.length; column++) {
            packed[places[column]] = plain[column];
        }
        for (int block = 0; block < panels.blocks(); block++) {
            long width = widthBytes(block);
            long piece = toBytes + panels.blockBytes(block) + row * width;
            MemorySegment.copy(packedMemory, columnBytes(block), to, piece, width);
        }
    }

    void unpack(MemorySegment from, long fromBytes, Tensor matrix, int row) {
        for (int block = 0; block < panels.blocks(); block++) {
            long width = widthBytes(block);
            long piece = fromBytes + panels.blockBytes(block) + row * width;
            MemorySegment.copy(from, piece, packedMemory, columnBytes(block), width);
        }
        for (int column = 0; column < plain.length; column++) {
            plain[column] = packed[places[column]];
        }
        MemorySegment.copy(plainMemory, 0, matrix.segment(), rowBytes(matrix, row), plainMemory.byteSize());
    }

    private static long rowBytes(Tensor matrix, int row) {
        return matrix.baseBytes() + row * matrix.rowBytes();
    }

    private long columnBytes(int block) {
        return (long) panels.column(block) * Float.BYTES;
    }

    private long widthBytes(int block) {
        return (long) panels.width(block) * Float.BYTES;
    }
}
