package dev.gatun.engine.team;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the members of a team watch while they wait, each number on a cache line of its own (two, for processors that fetch
 * them in pairs): a member that spins on one is not disturbed by writes to another.
 */
final class Signals {

    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    /** Ints in 128 bytes. */
    private static final int LINE = 32;
    private static final int GENERATION = LINE;
    private static final int FINISHED = 2 * LINE;
    private static final int ARRIVED = 3 * LINE;
    private static final int PHASE = 4 * LINE;
    private static final int PARKED = 5 * LINE;

    private final int[] lines;

    Signals(int members) {
        this.lines = new int[PARKED + (members + 1) * LINE];
    }

    /** Number of the job that runs or ran last. */
    int generation() {
        return (int) INTS.getVolatile(lines, GENERATION);
    }

    /** A new job: members have neither finished nor arrived anywhere. */
    void begin() {
        INTS.setOpaque(lines, FINISHED, 0);
        INTS.setOpaque(lines, ARRIVED, 0);
        INTS.getAndAdd(lines, GENERATION, 1);
    }

    /** A member other than the caller has done its part. */
    void finish() {
        INTS.getAndAdd(lines, FINISHED, 1);
    }

    int finished() {
        return (int) INTS.getAcquire(lines, FINISHED);
    }

    /** @return how many members are at the barrier, this one included */
    int arrive() {
        return (int) INTS.getAndAdd(lines, ARRIVED, 1) + 1;
    }

    /** How many barriers have been passed. */
    int phase() {
        return (int) INTS.getAcquire(lines, PHASE);
    }

    /** The last to arrive lets the others go. */
    void pass(int next) {
        INTS.setOpaque(lines, ARRIVED, 0);
        INTS.setRelease(lines, PHASE, next);
    }

    boolean isParked(int member) {
        return (int) INTS.getVolatile(lines, PARKED + member * LINE) != 0;
    }

    void parked(int member, boolean value) {
        INTS.setVolatile(lines, PARKED + member * LINE, value ? 1 : 0);
    }
}
