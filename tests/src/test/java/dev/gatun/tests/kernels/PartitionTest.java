package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.team.Partition;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Work is shared out completely and evenly. */
final class PartitionTest {

    @Property
    void sharesCoverEverythingOnceAndAreEven(@ForAll @IntRange(max = 100_000) int items,
            @ForAll @IntRange(min = 1, max = 64) int size, @ForAll @IntRange(min = 1, max = 9) int unit) {
        assertEquals(0, Partition.first(items, 0, size));
        assertEquals(items, Partition.first(items, size, size));
        assertEquals(0, Partition.first(items, unit, 0, size));
        assertEquals(items, Partition.first(items, unit, size, size));
        for (int member = 0; member < size; member++) {
            int share = Partition.first(items, member + 1, size) - Partition.first(items, member, size);
            assertTrue(share >= items / size && share <= items / size + 1, "share " + share);
            int first = Partition.first(items, unit, member, size);
            assertTrue(first == items || first % unit == 0, "whole groups");
            assertTrue(first <= Partition.first(items, unit, member + 1, size), "in order");
        }
    }
}
