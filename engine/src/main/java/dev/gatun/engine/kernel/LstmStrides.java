package dev.gatun.engine.kernel;

/**
 * Bytes from one row to the next of what an LSTM's elementwise part works on. Batch 1 may pass its groups of 16 units as rows.
 *
 * @param gate from one gate of 16 units to the next, in the order input, forget, candidate, output
 * @param z    of gates
 * @param c    of the cell state, before and after
 * @param h    of the output
 * @param dh   of the output's gradient
 * @param dc   of the cell state's gradient
 * @param t    of the scratch for tanh of the cell state
 */
public record LstmStrides(long gate, long z, long c, long h, long dh, long dc, long t) {

    /** Of a way forward. */
    public LstmStrides(long gate, long z, long c, long h) {
        this(gate, z, c, h, 0, 0, 0);
    }
}
