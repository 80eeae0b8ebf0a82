package dev.gatun.engine.team;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a team beside its caller, and all they share with it. They do not hold the {@link Team} itself, so that a
 * team which was forgotten without being closed can be collected; then they end by themselves.
 */
final class Crew {

    /** Turns of the spin loop before an idle member parks: 20 to 100 microseconds, as long as a pause takes here. */
    private static final int SPINS_BEFORE_PARK = 2_000;
    /** Turns before a waiting member gives its core away, should there be fewer cores than members. */
    private static final int SPINS_BEFORE_YIELD = 10_000;
    /** How often a parked member looks whether its team is still there. */
    private static final long LOOK_NANOS = 1_000_000_000L;
    /** How long {@link #await} waits: members end within microseconds, unless the machine has no core for them. */
    private static final long END_NANOS = 2_000_000_000L;
    private static final long NAP_NANOS = 50_000L;

    private final WeakReference<Team> team;
    private final int size;
    private final Thread[] workers;
    private final Signals signals;
    private Team.Job job;
    private volatile boolean ended;
    private volatile Throwable failure;

    Crew(Team team, int size) {
        this.team = new WeakReference<>(team);
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
    }

    /** @throws OutOfMemoryError if the system has no more threads; those already started end */
    void start() {
        try {
            for (Thread worker : workers) {
                worker.start();
            }
        } catch (RuntimeException | Error failed) {
            end();
            throw failed;
        }
    }

    boolean has(Thread thread) {
        for (Thread worker : workers) {
            if (worker == thread) {
                return true;
            }
        }
        return false;
    }

    /** Runs a job on the caller and all workers; whoever calls sees to it that there is one at a time. */
    void together(Team.Job work) {
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

    /** What the first member to fail has thrown in the last job, or null. */
    Throwable failure() {
        return failure;
    }

    private void attempt(Team.Job work, int member) {
        try {
            work.run(member, size);
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            }
        }
    }

    void barrier() {
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
                } else if (team.refersTo(null)) {
                    return;
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
            LockSupport.parkNanos(this, LOOK_NANOS);
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

    /** Tells the workers to end. */
    void end() {
        ended = true;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    /** Waits until the workers have ended, but not for long. */
    void await() {
        long deadline = System.nanoTime() + END_NANOS;
        for (Thread worker : workers) {
            while (worker.isAlive() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
    }
}
