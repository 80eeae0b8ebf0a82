package dev.gatun.memory;

import java.util.Map;
import java.util.TreeMap;

/** Ranges of a plan that have become free, neighbours joined. The smallest that is large enough is taken first. */
final class FreeRanges {

    /** No range is large enough. */
    static final long NONE = -1;

    /** Size by first byte. */
    private final TreeMap<Long, Long> byBase = new TreeMap<>();

    void add(long baseBytes, long bytes) {
        long base = baseBytes;
        long size = bytes;
        Map.Entry<Long, Long> before = byBase.floorEntry(base);
        if (before != null && before.getKey() + before.getValue() == base) {
            base = before.getKey();
            size += before.getValue();
        }
        Long after = byBase.remove(baseBytes + bytes);
        byBase.put(base, after == null ? size : size + after);
    }

    /** The first byte of a range of this size, which is not free any more, or {@link #NONE}. */
    long take(long bytes) {
        Map.Entry<Long, Long> best = null;
        for (Map.Entry<Long, Long> range : byBase.entrySet()) {
            if (range.getValue() >= bytes && (best == null || range.getValue() < best.getValue())) {
                best = range;
            }
        }
        if (best == null) {
            return NONE;
        }
        long base = best.getKey();
        long left = best.getValue() - bytes;
        byBase.remove(base);
        if (left > 0) {
            byBase.put(base + bytes, left);
        }
        return base;
    }
}
