package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * What one stream of a network carries, and how it steps: on a plan that it shares with other streams. One thread at a time.
 * A step that fails changes nothing.
 */
public final class StreamState implements AutoCloseable {

    private final StreamPlans.Pool plans;
    private final boolean ownPlans;
    private final StateStore.Lease lease;
    private StreamPlans.Seat last;

    private StreamState(StreamPlans all, StreamPlans.Pool plans, boolean ownPlans, int batch) {
        this.plans = plans;
        this.ownPlans = ownPlans;
        this.lease = all.states().lease(this, batch);
    }

    static StreamState shared(StreamPlans all, int batch) {
        return new StreamState(all, all.pool(batch), false, batch);
    }

    static StreamState onItsOwn(StreamPlans all, int batch, Team team) {
        return new StreamState(all, all.ownPool(batch, team), true, batch);
    }

    /**
     * Feeds one step.
     *
     * @param x      [B,I] floats, packed
     * @param result [B,N] floats, packed; written
     * @throws IndexOutOfBoundsException if a segment is too small
     * @throws IllegalStateException     if the memory of the model or of a segment has been freed
     */
    public void step(MemorySegment x, MemorySegment result) {
        Arguments.required(x, "StreamState.step", "x", "a segment of the floats of one step");
        Arguments.required(result, "StreamState.step", "result", "a segment for the floats of one step");
        StreamPlans.Seat seat = plans.take(last);
        last = seat;
        try {
            Execution execution = seat.execution();
            execution.loadStep(x);
            execution.forward(lease.rows());
            execution.readStep(result);
            execution.keepState();
        } finally {
            seat.leave();
        }
    }

    /** Plans one step if no stream has done so yet, so that what it needs is there before the first. */
    public void plan() {
        last = plans.take(last);
        last.leave();
    }

    /** {@return floats of one step's input [B,I]} */
    public int inputLength() {
        return plans.inputLength();
    }

    /** {@return floats of one step's output [B,N]} */
    public int outputLength() {
        return plans.outputLength();
    }

    /** {@return whether the memory of the model is still there} */
    public boolean isOpen() {
        return lease.rows().segment().scope().isAlive();
    }

    /** All states become zero. */
    public void reset() {
        lease.zero();
    }

    /**
     * Goes on from where another stream of as many sequences stands.
     *
     * @param other of the same network
     */
    public void copyFrom(StreamState other) {
        Arguments.required(other, "StreamState.copyFrom", "other", "the state of a stream of the same model");
        lease.copyFrom(other.lease);
    }

    /** Gives back what the stream holds. A second call does nothing. */
    @Override
    public void close() {
        lease.close();
        if (ownPlans) {
            plans.close();
        }
    }
}
