package dev.gatun.engine.rnn;

/**
 * What a recurrent cell is to the loop over time: how many gates it has and states it carries, and the elementwise part of a
 * step. The loop computes {@code z = bias + x kernel + h recurrentKernel} for all gates in one chain; the cell makes values of
 * gates and states of it.
 */
public interface CellKernel {

    /**
     * Gates of a unit. The 16 columns of each gate of 16 units lie side by side in z.
     *
     * @return at least 1
     */
    int gates();

    /**
     * Values carried from step to step, each U wide. The first is h: what the layer returns and what the recurrent kernel reads.
     *
     * @return at least 1
     */
    int states();

    /**
     * Whether backward needs the pre-activations of the gates besides their values.
     *
     * @return true if a training plan has to keep them
     */
    boolean keepsPreactivations();

    /**
     * The cell's steps over the rows of a plan.
     *
     * @param memory  what forward reads and writes, and backward reads
     * @param gradients what backward reads and writes, or null in a plan that only goes forward
     * @return the steps, which allocate nothing
     */
    CellSteps steps(RecurrentMemory memory, RecurrentGradients gradients);
}
