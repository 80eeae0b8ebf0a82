package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.RowsView;

/**
 * What an attention reads and writes.
 *
 * @param query  rows of queries
 * @param key    rows of keys
 * @param value  rows of values
 * @param output rows of what is attended to
 * @param kept   shares of all heads for the way back, or null
 * @param shown  shares that are an output, or null
 * @param back   what flows back, or null
 */
record AttentionRows(
        SampleRows query, SampleRows key, SampleRows value, SampleRows output, RowsView kept, RowsView shown,
        Back back) {

    /**
     * Gradients.
     *
     * @param output  of what is attended to, or null if nobody reads it
     * @param shown   of the shares, or null
     * @param queries where those of the queries go
     * @param keys    where those of the keys go
     * @param values  where those of the values go
     */
    record Back(SampleRows output, RowsView shown, Target queries, Target keys, Target values) {}

    /**
     * Where gradients go.
     *
     * @param rows of the gradient, or null if nobody asks
     * @param add  whether there is one to add to
     */
    record Target(SampleRows rows, boolean add) {}

    /** The row of the shares of a query, in the memory of all. */
    long sharesRow(int head, int step, int sample) {
        int time = query.value().time();
        return ((long) head * time + step) * query.value().batch() + sample;
    }
}
