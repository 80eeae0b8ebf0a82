package dev.gatun.layers.plan;

/**
 * An operation that makes each row of its output of the same row of its input, so that a row may go through several of them
 * before the next one does.
 */
public interface RowOperation extends Operation {

    /**
     * Computes some rows of the output, by the calling thread.
     *
     * @param run   of forward
     * @param first the first row
     * @param count how many
     */
    void forwardRows(RunContext run, int first, int count);
}
