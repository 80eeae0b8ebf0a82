package dev.gatun.engine.gemm;

import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * One row of a weight on its way between the public matrix and the packed place. The columns of a strip are neighbours in both,
 * so that a row is a copy for each strip: number by number it would take a start some milliseconds.
 */
final class PackedRow {

    private static final MemorySegment ZEROS = MemorySegment.ofArray(new float[Strips.WIDTH]).asReadOnly();

    private final Strips strips;
    /** Of each strip: where its columns begin in a row of the matrix, and how many bytes they have. */
    private final long[] plainBytes;
    private final long[] lengthBytes;

    PackedRow(WeightLayout layout) {
        this.strips = layout.strips();
        this.plainBytes = new long[strips.count()];
        this.lengthBytes = new long[strips.count()];
        for (int strip = 0; strip < plainBytes.length; strip++) {
            plainBytes[strip] = (long) layout.firstColumn(strip) * Float.BYTES;
            lengthBytes[strip] = (long) layout.columnsOf(strip) * Float.BYTES;
        }
    }

    void pack(Tensor matrix, int row, MemorySegment to, long toBytes) {
        long from = rowBytes(matrix, row);
        for (int strip = 0; strip < plainBytes.length; strip++) {
            long piece = piece(toBytes, strip, row);
            long length = lengthBytes[strip];
            MemorySegment.copy(matrix.segment(), from + plainBytes[strip], to, piece, length);
            if (length < Strips.ROW_BYTES) {
                MemorySegment.copy(ZEROS, 0, to, piece + length, Strips.ROW_BYTES - length);
            }
        }
    }

    void unpack(MemorySegment from, long fromBytes, Tensor matrix, int row) {
        long to = rowBytes(matrix, row);
        for (int strip = 0; strip < plainBytes.length; strip++) {
            MemorySegment.copy(from, piece(fromBytes, strip, row), matrix.segment(), to + plainBytes[strip],
                    lengthBytes[strip]);
        }
    }

    private static long rowBytes(Tensor matrix, int row) {
        return matrix.baseBytes() + row * matrix.rowBytes();
    }

    private long piece(long bytes, int strip, int row) {
        return bytes + strips.at(strip) + row * Strips.ROW_BYTES;
    }
}
