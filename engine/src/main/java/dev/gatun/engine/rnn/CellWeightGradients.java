package dev.gatun.engine.rnn;

/**
 * The gradients of the weights that a cell has beside kernels and bias, over the whole sequence: added to what is there, each
 * element one chain over increasing row, as the gradient of a bias is.
 */
public interface CellWeightGradients {

    /** Of a cell that has no such weights. */
    CellWeightGradients NONE = (batch, time, firstBlock, endBlock) -> {};

    /**
     * Those of some units, by one member of a team.
     *
     * @param batch      B of the run
     * @param time       T of the run
     * @param firstBlock first group of 16 units
     * @param endBlock   end of the groups
     */
    void blocks(int batch, int time, int firstBlock, int endBlock);
}
