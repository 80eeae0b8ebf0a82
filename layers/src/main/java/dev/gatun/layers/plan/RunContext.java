package dev.gatun.layers.plan;

/** What differs from one run of a plan to the next; set before each run and never allocated in one. */
public final class RunContext {

    private long seed;
    private long step;
    private boolean startsFresh = true;

    /** Seed of the run's random numbers. */
    public long seed() {
        return seed;
    }

    /** Number of the training step, counted from 0: a part of every random number's counter. */
    public long step() {
        return step;
    }

    public void set(long newSeed, long newStep) {
        seed = newSeed;
        step = newStep;
    }

    /** Whether recurrent layers begin at their initial state; false while a stream goes on. */
    public boolean startsFresh() {
        return startsFresh;
    }

    public void startsFresh(boolean value) {
        startsFresh = value;
    }
}
