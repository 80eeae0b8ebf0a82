package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What streams carry from step to step, apart from the plans that run them: one row for each sequence. Rows of a stream that is
 * closed, or forgotten, are given to the next one of its size. Safe for use by several threads; the rows themselves are not
 * guarded.
 */
final class StateStore {

    /** Memory is taken in pieces that hold some hundred rows. */
    private static final long PIECE_BYTES = 1 << 18;

    private final long rowBytes;
    private final TensorArena arena;
    private final Map<Integer, Deque<RowsView>> free = new HashMap<>();
    private final Set<Lease> leases = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();
    private MemorySegment piece;
    private long used;

    /**
     * @param rowBytes of one sequence
     * @param arena    owns the memory
     */
    StateStore(long rowBytes, TensorArena arena) {
        this.rowBytes = rowBytes;
        this.arena = arena;
    }

    /** The rows of one stream. */
    final class Lease extends PhantomReference<Object> {

        private final RowsView rows;
        private final int count;

        private Lease(Object owner, RowsView rows, int count) {
            super(owner, forgotten);
            this.rows = rows;
            this.count = count;
        }

        /** Where they are; row b is that of sequence b. */
        RowsView rows() {
            return rows;
        }

        /** All states become zero. */
        void zero() {
            rows.segment().asSlice(rows.baseBytes(), count * rowBytes).fill((byte) 0);
        }

        /** Writes what another stream of as many sequences carries over these. */
        void copyFrom(Lease other) {
            MemorySegment.copy(other.rows.segment(), other.rows.baseBytes(), rows.segment(), rows.baseBytes(),
                    count * rowBytes);
        }

        /** Gives the rows back; a second call does nothing. */
        void close() {
            synchronized (StateStore.this) {
                if (leases.remove(this)) {
                    free.computeIfAbsent(count, size -> new ArrayDeque<>()).push(rows);
                }
            }
        }
    }

    /**
     * Zeroed rows for a stream.
     *
     * @param owner is given up when nobody holds it any more
     * @param count sequences
     */
    Lease lease(Object owner, int count) {
        Lease lease;
        boolean used;
        synchronized (this) {
            takeBackForgotten();
            Deque<RowsView> fitting = free.get(count);
            used = fitting != null && !fitting.isEmpty();
            lease = new Lease(owner, used ? fitting.pop() : take(count), count);
            leases.add(lease);
        }
        if (used) {
            lease.zero();
        }
        return lease;
    }

    private void takeBackForgotten() {
        for (Reference<?> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            if (gone instanceof Lease lease) {
                lease.close();
            }
        }
    }

    /** An arena's memory is zero. */
    private RowsView take(int count) {
        long bytes = Math.multiplyExact(count, rowBytes);
        if (piece == null || piece.byteSize() - used < bytes) {
            piece = arena.allocate(Math.max(bytes, PIECE_BYTES), "states of streams");
            used = 0;
        }
        RowsView rows = new RowsView(piece, used, rowBytes);
        used += bytes;
        return rows;
    }
}
