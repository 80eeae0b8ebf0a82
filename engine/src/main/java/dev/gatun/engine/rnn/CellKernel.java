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
     * The cell's steps over the rows of a plan, one object for each stage.
     *
     * @param sizes     the largest of the plan
     * @param memory    what forward reads and writes, and backward reads
     * @param gradients what backward reads and writes, or null in a plan that only goes forward
     * @return the steps, which allocate nothing, in the order of the stages
     */
    List<CellSteps> steps(RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients gradients);
}
