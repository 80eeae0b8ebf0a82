package dev.gatun.engine.rnn;

/**
 * The elementwise part of a stage of a cell's steps, bound to the rows of a plan. Works on groups of 16 units, so that members of a team
 * may share them, and on consecutive rows of the batch.
 */
public interface CellSteps {

    /**
     * Rows {@code zRow ...} of z, complete pre-activations of the stage's gates, become values of the gates, and in the last stage
     * the states of the next step follow.
     *
     * @param firstBlock  first group of 16 units
     * @param endBlock    end of the groups
     * @param zRow        first row of z
     * @param hRow        first row of h before the step
     * @param hNext       first row of h after the step
     * @param carriedRow  first row of the other states before the step, and of what stage 0 makes of h
     * @param carriedNext first row of the other states after the step; the same row where only the last step is kept
     * @param rows        how many rows
     */
    void forward(int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows);

    /**
     * Rows of gate values become gradients of the pre-activations; gradients of the states other than h go from the next step to
     * this one. That of h has been gathered before, and is replaced by the recurrent product afterwards, or by what
     * {@link CellKernel#passesH} says. The gradient of what stage 0 makes of h is found in the scratch.
     *
     * @param block    group of 16 units; of a cell of {@link CellKernel#wholeRows} the first one, for all
     * @param zRow     first row of z
     * @param stateRow first row of h and the other states before the step
     * @param nextRow  first row of h and the other states after the step
     * @param firstRow first row of the batch, where running gradients lie
     * @param rows     how many rows
     */
    void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows);

    /**
     * Rows whose step a mask leaves out, on the way back: whatever the gradients of the cell's own weights are made of becomes
     * zero there.
     *
     * @param zRow    first row of z
     * @param nextRow first row of h and the other states after the step
     * @param rows    how many rows
     */
    default void leaveOut(long zRow, long nextRow, int rows) {}

    /**
     * A team member's share of what the way back makes of the cell's own weights before the last step.
     *
     * @param member which
     * @param size   of how many
     */
    default void transpose(int member, int size) {}
}
