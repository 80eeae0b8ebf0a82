package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;

/** Rows for what recurrent layers carry outside of a plan, one for each sequence of a batch. One thread at a time. */
public final class CarriedRows implements AutoCloseable {

    private final StateStore.Lease lease;

    CarriedRows(StateStore store, int batch) {
        this.lease = store.lease(this, batch);
    }

    /** {@return where they are; row b is that of sequence b} */
    public RowsView rows() {
        return lease.rows();
    }

    /** All states become zero. */
    public void zero() {
        lease.zero();
    }

    /** Gives the rows back. A second call does nothing. */
    @Override
    public void close() {
        lease.close();
    }
}
