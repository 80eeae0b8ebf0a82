package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The parts of a parameter block that steps change: whole weights, neighbours joined, in the order of the block. Without a
 * frozen weight it is one range, the block.
 */
final class BlockRanges {

    private final List<ParameterBlock.Entry> entries;
    private final long[] from;
    private final long[] sizes;
    private final int count;
    private final long total;

    private BlockRanges(List<ParameterBlock.Entry> entries) {
        this.entries = List.copyOf(entries);
        this.from = new long[entries.size()];
        this.sizes = new long[entries.size()];
        int last = -1;
        for (ParameterBlock.Entry entry : entries) {
            if (last < 0 || from[last] + sizes[last] != entry.baseBytes()) {
                from[++last] = entry.baseBytes();
            }
            sizes[last] += entry.bytes();
        }
        this.count = last + 1;
        this.total = entries.stream().mapToLong(ParameterBlock.Entry::bytes).sum();
    }

    static BlockRanges of(ParameterBlock block, Predicate<ParameterBlock.Entry> trained) {
        List<ParameterBlock.Entry> entries = new ArrayList<>(block.entries());
        entries.removeIf(trained.negate());
        return new BlockRanges(entries);
    }

    /** The weights in the ranges. */
    List<ParameterBlock.Entry> entries() {
        return entries;
    }

    int count() {
        return count;
    }

    /** Where a range begins in the block. */
    long from(int range) {
        return from[range];
    }

    /** The size of a range, a multiple of 64. */
    long bytes(int range) {
        return sizes[range];
    }

    /** The size of all ranges. */
    long bytes() {
        return total;
    }
}
