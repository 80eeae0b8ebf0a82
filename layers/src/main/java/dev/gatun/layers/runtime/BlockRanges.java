package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.RowSet;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Parts of a parameter block and its twins, in the order of the block: whole weights, or rows of them. Neighbours are joined, and
 * so are rows of one weight with few others between: whatever goes over the ranges does no harm there, and each range costs as
 * much as some rows.
 */
public final class BlockRanges {

    /** Eight rows of a strip: a call of an optimizer's kernel costs about as much. */
    private static final long GAP_BYTES = 8 * Strips.ROW_BYTES;
    /** Copied in the place of what is cleared: slices would be objects. */
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new float[4096]).asReadOnly();

    private long[] from = new long[4];
    private long[] sizes = new long[4];
    private int count;
    private long total;

    BlockRanges() {}

    void begin() {
        count = 0;
        total = 0;
    }

    /** A whole weight. */
    void add(ParameterBlock.Entry entry) {
        add(entry.baseBytes(), entry.bytes(), 0, 0);
    }

    /** Rows of a weight. */
    void add(WeightRows weight, RowSet rows) {
        if (rows.isFull()) {
            add(weight.entry());
            return;
        }
        int first = count;
        for (int strip = 0; strip < weight.strips().count(); strip++) {
            long base = weight.entry().baseBytes() + weight.strips().at(strip);
            for (int row = rows.next(0); row != RowSet.NONE; row = rows.next(row + 1)) {
                add(base + row * Strips.ROW_BYTES, Strips.ROW_BYTES, GAP_BYTES, first);
            }
        }
    }

    /**
     * @param gap   bytes left out that are taken in rather than begin another range
     * @param first the ranges from here on may take them in: what lies before is another weight's, and between two of them may be
     *              one that no step changes
     */
    private void add(long fromBytes, long bytes, long gap, int first) {
        long end = count == 0 ? -1 : from[count - 1] + sizes[count - 1];
        if (count > 0 && fromBytes - end <= (count > first ? gap : 0)) {
            total += fromBytes + bytes - end;
            sizes[count - 1] += fromBytes + bytes - end;
            return;
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        from[count] = fromBytes;
        sizes[count++] = bytes;
        total += bytes;
    }

    /** {@return how many ranges there are} */
    public int count() {
        return count;
    }

    /**
     * Where a range begins.
     *
     * @param range counted from 0
     * @return bytes from the start of the block, a multiple of 64
     */
    public long from(int range) {
        return from[range];
    }

    /**
     * The size of a range.
     *
     * @param range counted from 0
     * @return bytes, a multiple of 64
     */
    public long bytes(int range) {
        return sizes[range];
    }

    /** {@return the size of all ranges} */
    public long bytes() {
        return total;
    }

    /**
     * Copies the ranges.
     *
     * @param source a block
     * @param twin   of the same layout, changed
     */
    public void copy(ParameterBlock source, ParameterBlock twin) {
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(source.segment(), from[i], twin.segment(), from[i], sizes[i]);
        }
    }

    /**
     * Sets the ranges to zero.
     *
     * @param block changed
     */
    public void clear(ParameterBlock block) {
        for (int i = 0; i < count; i++) {
            long end = from[i] + sizes[i];
            for (long at = from[i]; at < end; at += ZEROS.byteSize()) {
                MemorySegment.copy(ZEROS, 0, block.segment(), at, Math.min(end - at, ZEROS.byteSize()));
            }
        }
    }
}
