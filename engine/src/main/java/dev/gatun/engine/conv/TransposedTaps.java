package dev.gatun.engine.conv;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.team.Partition;
import java.lang.foreign.MemorySegment;

/**
 * A packed kernel with each tap transposed, packed itself: row {@code tap C + column} has the numbers of that column in the rows
 * of the tap. Columns that pad the rows to 16 are zero.
 */
final class TransposedTaps {

    private final ConvKernel kernel;
    private final Strips strips;
    private final Strips transposed;
    private final MemorySegment from;
    private final long fromBytes;
    private final MemorySegment target;
    private final long targetBytes;

    /**
     * @param from        where the kernel lies
     * @param fromBytes   byte offset of the kernel
     * @param target      where the transpose goes
     * @param targetBytes byte offset of the transpose
     */
    private TransposedTaps(
            ConvKernel kernel, MemorySegment from, long fromBytes, MemorySegment target, long targetBytes) {
        this.kernel = kernel;
        this.strips = kernel.strips();
        this.transposed = kernel.transposed();
        this.from = from;
        this.fromBytes = fromBytes;
        this.target = target;
        this.targetBytes = targetBytes;
    }

    /** That of a layer, in the memory it has for it. */
    static TransposedTaps of(ConvLayer layer) {
        RowsView target = layer.memory().transposed();
        return new TransposedTaps(layer.kernel(), layer.weights().segment(), layer.weights().kernelBytes(),
                target.segment(), target.baseBytes());
    }

    MemorySegment segment() {
        return target;
    }

    /** Where the transpose of a group lies. */
    long groupBytes(int group) {
        return targetBytes + group * transposed.bytes();
    }

    /** A team member's share of copying the kernel as it is now: strips of the transpose, which nobody else writes. */
    void share(int member, int size) {
        int count = transposed.count();
        int end = Partition.first(kernel.groups() * count, member + 1, size);
        for (int strip = Partition.first(kernel.groups() * count, member, size); strip < end; strip++) {
            transpose(strip / count, strip % count);
        }
    }

    private void transpose(int group, int strip) {
        int first = strip * Strips.WIDTH;
        int rows = Math.min(Strips.WIDTH, kernel.rows() - first);
        long source = fromBytes + group * strips.bytes();
        long to = groupBytes(group) + transposed.at(strip);
        for (int tap = 0; tap < kernel.taps(); tap++) {
            for (int column = 0; column < kernel.columns(); column++) {
                long read = source + strips.index(tap * kernel.rows() + first, column) * Float.BYTES;
                long write = to + ((long) tap * kernel.columns() + column) * Strips.ROW_BYTES;
                for (int i = 0; i < Strips.WIDTH; i++) {
                    target.set(JAVA_FLOAT, write + (long) i * Float.BYTES,
                            i < rows ? from.get(JAVA_FLOAT, read + i * Strips.ROW_BYTES) : 0f);
                }
            }
        }
    }
}
