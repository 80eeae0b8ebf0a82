package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.TensorArena;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows of streams: each stream's are its own, they begin at zero, and go to the next stream once they are given back. */
final class StateStoreTest {

    private static final long ROW = 128;

    private final TensorArena arena = TensorArena.open("states");
    private final StateStore store = new StateStore(ROW, arena);

    @AfterEach
    void close() {
        arena.close();
    }

    private static float[] numbers(StateStore.Lease lease, int count) {
        RowsView rows = lease.rows();
        return rows.segment().asSlice(rows.baseBytes(), count * ROW).toArray(JAVA_FLOAT);
    }

    private static void fill(StateStore.Lease lease, int count, float number) {
        RowsView rows = lease.rows();
        for (long at = rows.baseBytes(); at < rows.baseBytes() + count * ROW; at += 4) {
            rows.segment().set(JAVA_FLOAT, at, number);
        }
    }

    private static void holds(StateStore.Lease lease, int count, float number) {
        for (float each : numbers(lease, count)) {
            assertEquals(number, each);
        }
    }

    @Test
    void everyStreamHasRowsOfItsOwn() {
        StateStore.Lease one = store.lease(new Object(), 1);
        StateStore.Lease three = store.lease(new Object(), 3);
        StateStore.Lease two = store.lease(new Object(), 2);
        fill(one, 1, 1);
        fill(three, 3, 3);
        fill(two, 2, 2);
        holds(one, 1, 1);
        holds(three, 3, 3);
        holds(two, 2, 2);
        assertSame(one.rows().segment(), two.rows().segment(), "small ones lie in one piece of memory");
        assertEquals(ROW, three.rows().rowBytes());
        three.zero();
        holds(three, 3, 0);
        holds(one, 1, 1);
        holds(two, 2, 2);
    }

    @Test
    void aForkIsACopy() {
        StateStore.Lease from = store.lease(new Object(), 2);
        StateStore.Lease to = store.lease(new Object(), 2);
        StateStore.Lease behind = store.lease(new Object(), 2);
        fill(from, 2, 5);
        to.copyFrom(from);
        holds(to, 2, 5);
        holds(behind, 2, 0);
        fill(from, 2, 6);
        holds(to, 2, 5);
    }

    @Test
    void rowsThatAreGivenBackGoToTheNextOfTheirSizeOnce() {
        StateStore.Lease first = store.lease(new Object(), 2);
        fill(first, 2, 7);
        RowsView rows = first.rows();
        first.close();
        first.close();
        StateStore.Lease other = store.lease(new Object(), 1);
        assertNotEquals(rows, other.rows(), "of another size");
        StateStore.Lease next = store.lease(new Object(), 2);
        assertEquals(rows, next.rows());
        holds(next, 2, 0);
        assertNotEquals(rows, store.lease(new Object(), 2).rows(), "not to two streams");
    }

    @Test
    void moreThanAPieceIsAPieceOfItsOwn() {
        int all = (1 << 18) / (int) ROW;
        StateStore.Lease small = store.lease(new Object(), 1);
        StateStore.Lease large = store.lease(new Object(), 3 * all);
        assertNotSame(small.rows().segment(), large.rows().segment());
        fill(large, 3 * all, 4);
        holds(small, 1, 0);
        StateStore.Lease whole = store.lease(new Object(), all);
        fill(whole, all, 2);
        holds(large, 3 * all, 4);
        StateStore.Lease next = store.lease(new Object(), all);
        holds(next, all, 0);
    }

    @Test
    void aPieceIsUsedToItsEnd() {
        int half = (1 << 17) / (int) ROW;
        StateStore.Lease first = store.lease(new Object(), half);
        StateStore.Lease second = store.lease(new Object(), half);
        StateStore.Lease third = store.lease(new Object(), half);
        assertSame(first.rows().segment(), second.rows().segment());
        assertNotSame(first.rows().segment(), third.rows().segment());
        assertEquals(0, third.rows().baseBytes());
        assertEquals(2L << 18, arena.allocatedBytes());
    }

    /** A stream that nobody holds any more gives its rows back when another one is asked for. */
    @Test
    void rowsOfAForgottenStreamAreFoundAgain() throws InterruptedException {
        RowsView rows = store.lease(new Object(), 5).rows();
        RowsView again = null;
        for (int look = 0; look < 100 && !rows.equals(again); look++) {
            System.gc();
            Thread.sleep(5);
            again = store.lease(this, 5).rows();
        }
        assertEquals(rows, again);
    }

    @Test
    void statesLieOneBehindTheOther() {
        Input x = Input.sequence(3);
        Graph graph = Graph.of("x", false, List.of(x), List.of(Dense.units(2).on(Lstm.units(5)
                .on(Lstm.units(17).returnSequences().on(x)))));
        StateLayout layout = StateLayout.of(graph);
        assertEquals(List.of(List.of(), List.of(0L, 128L), List.of(256L, 320L), List.of()), layout.byStep());
        assertEquals(384, layout.rowBytes());
        assertTrue(layout.byStep().getFirst().isEmpty());
    }
}
