package dev.gatun.layers.plan;

import dev.gatun.engine.gemm.RowsView;

/** What differs from one run of a plan to the next; set before each run and never allocated in one. */
public final class RunContext {

    private long seed;
    private long step;
    private RowsView state;
    private RowsView kept;

    /** A run with seed 0 and step 0, from the initial states. */
    public RunContext() {}

    /** {@return seed of the run's random numbers} */
    public long seed() {
        return seed;
    }

    /** {@return number of the training step, counted from 0: a part of every random number's counter} */
    public long step() {
        return step;
    }

    /**
     * Sets what random numbers are drawn with.
     *
     * @param newSeed seed
     * @param newStep number of the training step
     */
    public void set(long newSeed, long newStep) {
        seed = newSeed;
        step = newStep;
    }

    /** {@return rows of what recurrent layers carry, one for each sample of the batch; null if they begin at zeros} */
    public RowsView state() {
        return state;
    }

    /** {@return rows of what stateful layers keep from run to run, one for each sample; null if the model has none} */
    public RowsView kept() {
        return kept;
    }

    /**
     * Says from where stateful layers go on.
     *
     * @param rows of the model, or null if it has no such layers
     */
    public void kept(RowsView rows) {
        kept = rows;
    }

    /**
     * Says from where recurrent layers go on.
     *
     * @param rows of a stream, or null to begin at zeros
     */
    public void state(RowsView rows) {
        state = rows;
    }
}
