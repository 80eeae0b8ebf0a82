package dev.gatun.engine.gemm;

import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;

/** One row of a weight on its way between the public matrix and the packed place, in both orders of columns. */
final class PackedRow {

    private final Strips strips;
    private final int[] places;
    private final float[] plain;
    private final float[] packed;
    private final MemorySegment plainMemory;
    private final MemorySegment packedMemory;

    PackedRow(WeightLayout layout) {
        this.strips = layout.strips();
        this.places = new int[layout.columns()];
        for (int column = 0; column < places.length; column++) {
            places[column] = layout.packedColumn(column);
        }
        this.plain = new float[layout.columns()];
        this.packed = new float[strips.columns()];
        this.plainMemory = MemorySegment.ofArray(plain);
        this.packedMemory = MemorySegment.ofArray(packed);
    }

    void pack(Tensor matrix, int row, MemorySegment to, long toBytes) {
        MemorySegment.copy(matrix.segment(), rowBytes(matrix, row), plainMemory, 0, plainMemory.byteSize());
        for (int column = 0; column < plain.length; column++) {
            packed[places[column]] = plain[column];
        }
        for (int strip = 0; strip < strips.count(); strip++) {
            MemorySegment.copy(packedMemory, strip * Strips.ROW_BYTES, to, piece(toBytes, strip, row),
                    Strips.ROW_BYTES);
        }
    }

    void unpack(MemorySegment from, long fromBytes, Tensor matrix, int row) {
        for (int strip = 0; strip < strips.count(); strip++) {
            MemorySegment.copy(from, piece(fromBytes, strip, row), packedMemory, strip * Strips.ROW_BYTES,
                    Strips.ROW_BYTES);
        }
        for (int column = 0; column < plain.length; column++) {
            plain[column] = packed[places[column]];
        }
        MemorySegment.copy(plainMemory, 0, matrix.segment(), rowBytes(matrix, row), plainMemory.byteSize());
    }

    private static long rowBytes(Tensor matrix, int row) {
        return matrix.baseBytes() + row * matrix.rowBytes();
    }

    private long piece(long bytes, int strip, int row) {
        return bytes + strips.at(strip) + row * Strips.ROW_BYTES;
    }
}
