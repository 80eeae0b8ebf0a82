package dev.gatun.layers.cell;

/**
 * Which rows of a cell's memory are those of one step, or of some of its samples: {@link #count} of them, in each place one behind
 * the other from the row that is said here. One object serves all steps of a thread.
 */
public final class CellStep {

    private int count;
    private int x;
    private int output;
    private int kept;
    private int before;
    private int after;
    private int gradientOutput;
    private int gradientBefore;
    private int gradientAfter;

    /** A step of no rows. */
    public CellStep() {}

    /**
     * How many rows there are.
     *
     * @return at least 1 in a step; T B where all steps are meant
     */
    public int count() {
        return count;
    }

    /**
     * The first row of the input, and of its gradient.
     *
     * @return a row of {@link CellMemory#x}
     */
    public int x() {
        return x;
    }

    /**
     * The first row of what the step returns.
     *
     * @return a row of {@link CellMemory#output}
     */
    public int output() {
        return output;
    }

    /**
     * The first row of what the cell keeps.
     *
     * @return a row of each of {@link CellMemory#kept}
     */
    public int kept() {
        return kept;
    }

    /**
     * The first row of the states that the step reads.
     *
     * @return a row of each of {@link CellMemory#states}
     */
    public int before() {
        return before;
    }

    /**
     * The first row of the states that the step makes.
     *
     * @return a row of each of {@link CellMemory#states}
     */
    public int after() {
        return after;
    }

    /**
     * The first row of the gradient of what the step returned.
     *
     * @return a row of {@link CellMemory.Gradients#output}
     */
    public int gradientOutput() {
        return gradientOutput;
    }

    /**
     * The first row of the gradients that the way back writes.
     *
     * @return a row of each of {@link CellMemory.Gradients#states}
     */
    public int gradientBefore() {
        return gradientBefore;
    }

    /**
     * The first row of the gradients that the way back reads.
     *
     * @return a row of each of {@link CellMemory.Gradients#states}
     */
    public int gradientAfter() {
        return gradientAfter;
    }

    /**
     * Says the rows of the way forward.
     *
     * @param rows     how many
     * @param inputRow of the input
     * @param keptRow  of what the cell keeps
     * @return this step
     */
    public CellStep rows(int rows, int inputRow, int keptRow) {
        count = rows;
        x = inputRow;
        kept = keptRow;
        return this;
    }

    /**
     * Says the rows that are made.
     *
     * @param outputRow of what the step returns
     * @param beforeRow of the states it reads
     * @param afterRow  of the states it makes
     * @return this step
     */
    public CellStep makes(int outputRow, int beforeRow, int afterRow) {
        output = outputRow;
        before = beforeRow;
        after = afterRow;
        return this;
    }

    /**
     * Says the rows of gradients.
     *
     * @param outputRow of what the step returned
     * @param beforeRow to be written
     * @param afterRow  to be read
     * @return this step
     */
    public CellStep gradients(int outputRow, int beforeRow, int afterRow) {
        gradientOutput = outputRow;
        gradientBefore = beforeRow;
        gradientAfter = afterRow;
        return this;
    }
}
