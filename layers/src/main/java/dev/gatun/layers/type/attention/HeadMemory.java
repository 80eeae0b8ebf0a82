package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import java.lang.foreign.MemorySegment;

/** What one thread works in: one head of one sample at a time, whatever their number. */
final class HeadMemory {

    private final MemorySegment segment;
    private long next;

    /** [T,H] of the query. */
    final RowsView query;
    /** [T,S], scores and then shares. */
    final RowsView scores;
    /** [T,V], what is attended to. */
    final RowsView output;
    /** [S,H], packed. */
    final long keys;
    /** [H,S], packed. */
    final long turnedKeys;
    /** [S,V], packed. */
    final long values;
    /** [S,H] whole. */
    final RowsView keyRows;
    /** [S,H], sums of a query and each key. */
    final RowsView sums;
    /** [S,16], of which the first column is the sum of a row of {@link #sums}. */
    final RowsView total;
    /** [H,16], of which the first column weighs the features. */
    final long weights;
    /** [V,S], packed. */
    final long turnedValues;
    /** [T,V], gradients of {@link #output}. */
    final RowsView dOutput;
    /** [T,S], gradients of the shares and then of the scores. */
    final RowsView dScores;
    /** [T,H], gradients of {@link #query}. */
    final RowsView dQuery;
    /** [T,S], the shares that have not fallen. */
    final RowsView left;
    /** [S,H], packed, gradients of the keys. */
    final long dKeys;
    /** [S,H] whole, gradients of the keys. */
    final RowsView dKeyRows;
    /** [S,V], packed, gradients of the values. */
    final long dValues;

    /**
     * Takes memory from an offset on.
     *
     * @param segment null to know how much it is
     * @param size    the largest
     * @param sums    whether scores are sums of tanh
     * @param back    whether there is a way back
     */
    HeadMemory(MemorySegment segment, long base, AttentionSizes size, boolean sums, boolean back) {
        this.segment = segment;
        this.next = base;
        query = rows(size.time(), size.width());
        scores = rows(size.time(), size.keys());
        output = rows(size.time(), size.valueWidth());
        keys = packed(size.keys(), size.width());
        turnedKeys = packed(Strips.padded(size.width()), size.keys());
        values = packed(size.keys(), size.valueWidth());
        keyRows = rows(sums ? size.keys() : 0, size.width());
        this.sums = rows(sums ? size.keys() : 0, size.width());
        total = rows(sums ? size.keys() : 0, 1);
        weights = packed(sums ? size.width() : 0, 1);
        turnedValues = packed(back ? Strips.padded(size.valueWidth()) : 0, size.keys());
        dOutput = rows(back ? size.time() : 0, size.valueWidth());
        dScores = rows(back ? size.time() : 0, size.keys());
        dQuery = rows(back ? size.time() : 0, size.width());
        left = rows(back ? size.time() : 0, size.keys());
        dKeys = packed(back ? size.keys() : 0, size.width());
        dKeyRows = rows(back && sums ? size.keys() : 0, size.width());
        dValues = packed(back ? size.keys() : 0, size.valueWidth());
    }

    /** Bytes that it takes. */
    static long bytes(AttentionSizes size, boolean sums, boolean back) {
        return new HeadMemory(null, 0, size, sums, back).next;
    }

    private RowsView rows(int count, int columns) {
        long rowBytes = (long) LeadingDimension.of(columns) * Float.BYTES;
        RowsView rows = new RowsView(segment, next, rowBytes);
        next = Math.addExact(next, Math.multiplyExact(count, rowBytes));
        return rows;
    }

    private long packed(int depth, int columns) {
        long at = next;
        next = Math.addExact(next, new Strips(depth, Strips.padded(columns)).bytes());
        return at;
    }

    MemorySegment segment() {
        return segment;
    }
}
