package dev.gatun.engine.rnn;

/**
 * The gradients of the weights that a cell has beside kernels and bias, over the whole sequence: added to what is there, each
 * element one chain over increasing row, as the gradient of a bias is.
 */
public interface CellWeightGradients {

    /** Of a cell that has no such weights. */
    CellWeightGradients NONE = (batch, time, member, size) -> {};

    /**
     * A team member's share.
     *
     * @param batch  B of the run
     * @param time   T of the run
     * @param member which
     * @param size   of how many
     */
    void share(int batch, int time, int member, int size);
}
