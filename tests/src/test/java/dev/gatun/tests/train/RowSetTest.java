package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.plan.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rows come out in their order, each once, of sets of any size. */
final class RowSetTest {

    private static List<Integer> rows(RowSet set) {
        List<Integer> rows = new ArrayList<>();
        for (int row = set.next(0); row != RowSet.NONE; row = set.next(row + 1)) {
            rows.add(row);
        }
        return rows;
    }

    @Test
    void itHoldsWhatWasAdded() {
        Random random = new Random(5);
        for (int size : new int[] {0, 1, 63, 64, 65, 4095, 4096, 4097, 300_000}) {
            RowSet set = new RowSet(size);
            RowSet other = new RowSet(size);
            for (int round = 0; round < 20; round++) {
                TreeSet<Integer> expected = new TreeSet<>();
                for (int i = 0; size > 0 && i < random.nextInt(200); i++) {
                    int row = random.nextInt(3) == 0
                            ? size - 1 - random.nextInt(Math.min(size, 3))
                            : random.nextInt(size);
                    (random.nextBoolean() ? set : other).add(row);
                    expected.add(row);
                }
                set.addAll(other);
                assertEquals(new ArrayList<>(expected), rows(set), "size " + size);
                other.clear();
                assertEquals(List.of(), rows(other));
                set.clear();
                assertEquals(RowSet.NONE, set.next(0));
            }
            set.fill();
            assertTrue(set.isFull());
            assertEquals(size, rows(set).size());
            other.addAll(set);
            assertTrue(other.isFull());
            set.clear();
            assertFalse(set.isFull());
            assertEquals(List.of(), rows(set));
        }
    }
}
