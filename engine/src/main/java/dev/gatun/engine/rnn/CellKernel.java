package dev.gatun.engine.rnn;

import java.util.List;

/**
 * What a recurrent cell is to the loop over time: which products make its gates, how many states it carries, and the elementwise
 * part of a step. The loop computes {@code z}, of a chained gate {@code bias + x kernel + h recurrentKernel}; the cell makes
 * values of gates and states of it.
 */
public interface CellKernel {

    /**
     * Gates of a unit. The 16 columns of each gate of a group lie side by side in z for 16 units.
     *
     * @return one group or more
     */
    CellGates gates();

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
     * Whether h goes into the next h not only through a product. Then backward leaves that part of the gradient in the place of
     * h's, and the recurrent product is added to it.
     *
     * @return false for an LSTM, true for a GRU
     */
    boolean passesH();

    /**
     * Constants that are added to the biases of the gates, and are no weights.
     *
     * @return one for each gate of the public weights, or none at all
     */
    default List<Float> biasOffsets() {
        return List.of();
    }

    /**
     * Whether a step looks at all units of a row at once, as one with softmax does. Then members of a team share the rows of a
     * batch and never its units, and all products of a row's step are made before the cell comes.
     *
     * @return false where each unit's numbers are made of its own alone
     */
    default boolean wholeRows() {
        return false;
    }

    /**
     * Rows of scratch that the way back needs for each sample, see {@link RecurrentGradients#scratchState}.
     *
     * @return at least 1
     */
    default int scratchRows() {
        return 1;
    }

    /**
     * Whether the cell projects h, so that it may be of another width than the gates.
     *
     * @return true if plans need a {@link ProjectionMemory}
     */
    default boolean projects() {
        return false;
    }

    /**
     * Whether gradients of the cell's own weights are sums over all rows of a sequence. Then those of steps that a mask leaves out
     * are set to zero on the way back, see {@link CellSteps#leaveOut}.
     *
     * @return false for a cell without such weights
     */
    default boolean sumsAllRows() {
        return false;
    }

    /**
     * Floats in which the way back sums up, for each row of the batch, what the gradients of the cell's own weights are the sums
     * of. They are zero before the last step.
     *
     * @param sizes the largest of the plan
     * @return 0 for none
     */
    default int rowSums(RecurrentSizes sizes) {
        return 0;
    }

    /**
     * The cell's steps over the rows of a plan, one object for each stage.
     *
     * @param sizes     the largest of the plan
     * @param memory    what forward reads and writes, and backward reads
     * @param weights   of which steps read the cell's own
     * @param gradients what backward reads and writes, or null in a plan that only goes forward
     * @return the steps, which allocate nothing, in the order of the stages
     */
    List<CellSteps> steps(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentWeights weights, RecurrentGradients gradients);

    /**
     * The gradients of the weights that the cell has beside kernels and bias, over the whole sequence.
     *
     * @param sizes     the largest of the plan
     * @param memory    of a training plan, whose gates have become gradients
     * @param flow      what the way back has worked on
     * @param gradients where those of the weights lie
     * @return nothing to do for a cell that has no more weights
     */
    default CellWeightGradients weightGradients(
            RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow, RecurrentWeights gradients) {
        return CellWeightGradients.NONE;
    }
}
