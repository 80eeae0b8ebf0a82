package dev.gatun.layers.cell;

import dev.gatun.layers.plan.RunContext;

/**
 * A cell planned for its largest sizes. The layer around it runs it step by step over the rows that count: it knows masks, order,
 * first states and threads, so that a cell sees rows of one step and nothing of time. A row is one sample's; no row may look at
 * another one, so that the bits are those of any batch and any number of threads. Runs allocate nothing.
 *
 * <p>{@link #bind} and {@link #begin} are called by one thread. All other methods are called by several threads at the same time,
 * {@link #forward} and {@link #backward} with different rows each: what they write beside those rows must be apart for each thread.
 * What a method throws ends the run, and the caller gets it.
 */
public interface CellOperation {

    /**
     * Called when memory exists, and in plans that only go forward again whenever the weights are elsewhere.
     *
     * @param memory the rows of all steps, and the segments of the weights
     */
    void bind(CellMemory memory);

    /**
     * Called by one thread before the first step of a run.
     *
     * @param run seed and number of the training step, from which a cell may draw
     */
    default void begin(RunContext run) {
        // most cells draw nothing
    }

    /**
     * Makes the output and the next states of some rows of a step.
     *
     * @param step which rows; what it reads stays as it is
     */
    void forward(CellStep step);

    /**
     * Called by every thread before the way back begins, for example to transpose a weight in shares.
     *
     * @param member which thread, from 0
     * @param size   how many there are
     */
    default void beginBackward(int member, int size) {
        // a cell without products has nothing to prepare
    }

    /**
     * Reads the gradients of the output and of the next states, writes those of the input (unless nobody asks for it) and of the
     * states before. Leaves in what it keeps whatever {@link #weightGradients} needs.
     *
     * @param step which rows; they are numbered over all steps of the plan
     */
    void backward(CellStep step);

    /**
     * Called by every thread after the way back: adds the gradients of the weights, over the rows of all steps in increasing
     * order. Work is split over the numbers of the weights, never over rows. In rows that a mask leaves out what the cell keeps
     * is zero.
     *
     * @param all    the rows of all steps
     * @param member which thread, from 0
     * @param size   how many there are
     */
    default void weightGradients(CellStep all, int member, int size) {
        // a cell without weights has none
    }
}
