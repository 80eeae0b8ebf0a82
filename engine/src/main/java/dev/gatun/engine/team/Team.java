package dev.gatun.engine.team;

import dev.gatun.memory.check.Arguments;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads that run one job together: the caller is member 0, the others are daemon threads that spin for a
 * moment after a job and then park. A run allocates nothing. Members meet at {@link #barrier} as often as they like; work
 * must be split over outputs, so that the split never shows in the result. One caller at a time.
 */
public final class Team implements AutoCloseable {

    /** What every member runs. */
    @FunctionalInterface
    public interface Job {
        /**
         * @param member 0 .. size - 1
         * @param size   number of members
         */
        void run(int member, int size);
    }

    /** Turns of the spin loop before an idle member parks: 20 to 100 microseconds, as long as a pause takes here. */
    private static final int SPINS_BEFORE_PARK = 2_000;
    /** Turns before a waiting member gives its core away, should there be fewer cores than members. */
    private static final int SPINS_BEFORE_YIELD = 10_000;

    private final int size;
    private final Thread[] workers;
    private final Signals signals;
    private Job job;
    private volatile boolean closed;
    private volatile boolean running;
    private volatile boolean ended;
    private volatile Throwable failure;

    /**
     * @param size number of members including the caller
     * @throws IllegalArgumentException if size is not 1 to 1024
     */
    public Team(int size) {
        if (size < 1 || size > 1024) {
            throw new IllegalArgumentException("A team has 1 to 1024 threads, got " + size);
        }
        this.size = size;
        this.workers = new Thread[size - 1];
        this.signals = new Signals(size);
        for (int member = 1; member < size; member++) {
            int self = member;
            workers[member - 1] = Thread.ofPlatform()
                    .daemon()
                    .name("gatun-team-" + member)
                    .unstarted(() -> work(self));
        }
        for (Thread worker : workers) {
            worker.start();
        }
    }

    public int size() {
        return size;
    }

    /**
     * Runs the job on all members and returns when all have finished.
     *
     * @throws RuntimeException or Error thrown by any member, the first one
     */
    public void run(Job work) {
        Arguments.required(work, "Team.run", "work", "what to do");
        if (size == 1) {
            requireOpen();
            work.run(0, 1);
            return;
        }
        // Before the look at closed: either this call sees that the team is closed, or close sees this call and waits.
        running = true;
        try {
            requireOpen();
            together(work);
        } finally {
            running = false;
        }
        rethrow(failure);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The team of threads is closed");
        }
    }

    private void together(Job work) {
        failure = null;
        job = work;
        signals.begin();
        for (int member = 1; member < size; member++) {
            if (signals.isParked(member)) {
                LockSupport.unpark(workers[member - 1]);
            }
        }
        attempt(work, 0);
        int spins = 0;
        while (signals.finished() < size - 1) {
            spins = pause(spins);
        }
        job = null;
    }

    private void attempt(Job work, int member) {
        try {
            work.run(member, size);
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            }
        }
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case null -> {
            }
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /**
     * Waits until every member of the running job is here.
     *
     * @throws IllegalStateException if another member has failed, so that nobody waits for ever
     */
    public void barrier() {
        if (size == 1) {
            return;
        }
        int current = signals.phase();
        if (signals.arrive() == size) {
            signals.pass(current + 1);
            return;
        }
        int spins = 0;
        while (signals.phase() == current) {
            if (failure != null) {
                throw new IllegalStateException("Another thread of the team has failed", failure);
            }
            spins = pause(spins);
        }
    }

    private void work(int member) {
        int seen = 0;
        int spins = 0;
        while (!ended) {
            if (signals.generation() == seen) {
                if (++spins < SPINS_BEFORE_PARK) {
                    Thread.onSpinWait();
                } else {
                    park(member, seen);
                }
                continue;
            }
            seen++;
            spins = 0;
            attempt(job, member);
            signals.finish();
        }
    }

    /** Says that it parks before it looks a last time, as the caller begins a job before it looks who has parked. */
    private void park(int member, int seen) {
        signals.parked(member, true);
        if (signals.generation() == seen && !ended) {
            LockSupport.park(this);
        }
        signals.parked(member, false);
    }

    private static int pause(int spins) {
        if (spins < SPINS_BEFORE_YIELD) {
            Thread.onSpinWait();
            return spins + 1;
        }
        Thread.yield();
        return spins;
    }

    /** Ends the threads once the job that runs is done; the team cannot run any more. Not for members to call. */
    @Override
    public void close() {
        closed = true;
        int spins = 0;
        while (running) {
            spins = pause(spins);
        }
        ended = true;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
    }
}
