package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * What stateful layers carry from one run of a model to the next, apart from the plans that run it: a row for each sample of a
 * batch. Whatever size the next batch has, sample i goes on from row i; one that was not there before begins at zeros, and rows
 * that a smaller batch does not need stay as they are. One thread at a time.
 */
public final class RunStates implements AutoCloseable {

    private final StateLayout layout;
    private final TensorArena arena;
    private TensorArena memory;
    private RowsView rows;
    private int count;
    private byte[] kept = new byte[0];

    private RunStates(StateLayout layout, TensorArena arena) {
        this.layout = layout;
        this.arena = arena;
    }

    /**
     * States of a graph, at zeros.
     *
     * @param flat  what runs
     * @param arena owns the memory
     * @return no memory is taken before the first run
     * @throws IllegalArgumentException if a stateful layer is called more than once
     */
    static RunStates of(Graph flat, TensorArena arena) {
        return new RunStates(StateLayout.ofKept(flat), arena);
    }

    /** {@return whether any layer carries something} */
    public boolean areKept() {
        return layout.rowBytes() > 0;
    }

    /** The rows of a batch. */
    RowsView rows(int batch) {
        if (batch > count) {
            grow(batch);
        }
        return rows;
    }

    private void grow(int batch) {
        TensorArena larger = arena.child("states of layers");
        MemorySegment segment = allocated(larger, Math.multiplyExact(batch, layout.rowBytes()));
        if (memory != null) {
            MemorySegment.copy(rows.segment(), 0, segment, 0, count * layout.rowBytes());
            memory.close();
        }
        memory = larger;
        rows = new RowsView(segment, 0, layout.rowBytes());
        count = batch;
    }

    private static MemorySegment allocated(TensorArena larger, long bytes) {
        try {
            return larger.allocate(bytes, "states of layers");
        } catch (OutOfMemoryError | RuntimeException failed) {
            larger.close();
            throw failed;
        }
    }

    /** All states become zero. */
    public void reset() {
        if (memory != null) {
            used().fill((byte) 0);
        }
    }

    private MemorySegment used() {
        return rows.segment().asSlice(0, count * layout.rowBytes());
    }

    /** Remembers the states as they are, for {@link #restore}. */
    public void keep() {
        kept = memory == null ? new byte[0] : used().toArray(JAVA_BYTE);
    }

    /** The states as they were when {@link #keep} was called last, or zeros. */
    public void restore() {
        reset();
        if (memory != null) {
            MemorySegment.copy(MemorySegment.ofArray(kept), 0, rows.segment(), 0, kept.length);
        }
    }

    /**
     * Runs something that begins at zeros and leaves the states as they are.
     *
     * @param what runs
     */
    public void aside(Runnable what) {
        Arguments.required(what, "RunStates.aside", "what", "what runs");
        if (!areKept()) {
            what.run();
            return;
        }
        RunStates before = new RunStates(layout, arena);
        exchange(before);
        try {
            what.run();
        } finally {
            exchange(before);
            before.close();
        }
    }

    private void exchange(RunStates other) {
        TensorArena ownMemory = memory;
        RowsView ownRows = rows;
        int ownCount = count;
        memory = other.memory;
        rows = other.rows;
        count = other.count;
        other.memory = ownMemory;
        other.rows = ownRows;
        other.count = ownCount;
    }

    /** Frees the memory; the states are zero again. */
    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
            count = 0;
        }
    }
}
