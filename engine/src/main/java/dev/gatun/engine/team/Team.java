package dev.gatun.engine.team;

import dev.gatun.memory.check.Arguments;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads that run one job together: the caller is member 0, the others are daemon threads that spin for a
 * moment after a job and then park. A run allocates nothing. Members meet at {@link #barrier} as often as they like; work
 * must be split over outputs, so that the split never shows in the result. One caller at a time, a second one is refused.
 *
 * <p>The threads end with {@link #close}, or some seconds after the team was collected without it.
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

    private static final long NAP_NANOS = 50_000L;

    private final int size;
    private final Crew crew;
    /** The thread whose job runs, or null. */
    private final AtomicReference<Thread> caller = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Starts the threads.
     *
     * @param size number of members including the caller
     * @throws IllegalArgumentException if size is not 1 to 1024
     * @throws OutOfMemoryError         if the system has no more threads
     */
    public Team(int size) {
        if (size < 1 || size > 1024) {
            throw new IllegalArgumentException("A team has 1 to 1024 threads, got " + size);
        }
        this.size = size;
        this.crew = new Crew(this, size);
        crew.start();
    }

    /**
     * How many run a job.
     *
     * @return number of members including the caller
     */
    public int size() {
        return size;
    }

    /**
     * Runs the job on all members and returns when all have finished.
     *
     * @param work what every member runs
     * @throws IllegalStateException if the team is closed, or runs a job already, naming the thread that is inside
     * @throws RuntimeException      or Error thrown by any member, the first one
     */
    public void run(Job work) {
        Arguments.required(work, "Team.run", "work", "what to do");
        Thread now = Thread.currentThread();
        // Before the look at closed: either this call sees that the team is closed, or close sees this call and waits.
        if (!caller.compareAndSet(null, now)) {
            throw inside(now);
        }
        Throwable failure = null;
        try {
            if (closed) {
                throw new IllegalStateException("The team of threads is closed");
            }
            if (size == 1) {
                work.run(0, 1);
            } else {
                crew.together(work);
                failure = crew.failure();
            }
        } finally {
            caller.setRelease(null);
            if (closed) {
                crew.end();
            }
        }
        if (failure != null) {
            rethrow(failure);
        }
    }

    private IllegalStateException inside(Thread now) {
        Thread other = caller.get();
        if (other == now || crew.has(now)) {
            return new IllegalStateException("A job of a team cannot start another job on the same team");
        }
        String who = other == null ? "another thread" : "thread '" + other.getName() + "'";
        return new IllegalStateException("The team of threads runs a job of " + who + "; thread '" + now.getName()
                + "' must wait until it has ended, or use a team of its own (a model's predictor or stream has one)");
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /**
     * Waits until every member of the running job is here. For members only.
     *
     * @throws IllegalStateException if another member has failed, so that nobody waits for ever
     */
    public void barrier() {
        if (size > 1) {
            crew.barrier();
        }
    }

    /**
     * Ends the threads once the job that runs is done, and waits for both; the team cannot run any more. Called by a member
     * inside a job it does not wait: the team ends with that job. A second call does nothing.
     */
    @Override
    public void close() {
        closed = true;
        Thread now = Thread.currentThread();
        if (caller.get() == now || crew.has(now)) {
            return;
        }
        while (caller.get() != null) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        crew.end();
        crew.await();
    }
}
