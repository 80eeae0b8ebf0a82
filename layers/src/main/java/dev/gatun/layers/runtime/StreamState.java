package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * What one stream of a network carries, and how it steps: on a plan that it shares with other streams. One thread at a time.
 * A step that fails changes nothing.
 */
public final class StreamState implements AutoCloseable {

    private final StreamPlans.Pool plans;
    private final boolean ownPlans;
    private final StreamPlans all;
    private final int batch;
    private final StateStore.Lease lease;
    private StreamPlans.Seat last;

    private StreamState(StreamPlans all, StreamPlans.Pool plans, boolean ownPlans, int batch) {
        this.all = all;
        this.batch = batch;
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

    /** {@return for each recurrent layer what it carries now, each [B,U]} */
    public Map<String, List<Tensor>> states() {
        CarriedStates carried = all.carriedStates();
        Map<String, List<Tensor>> states = carried.zeros(batch);
        carried.read(lease.rows(), new BatchOrder(null, 0, batch), states);
        return states;
    }

    /**
     * Goes on from states; those that are not given become zero.
     *
     * @param states by the names of layers, each [B,U]
     * @throws dev.gatun.memory.ShapeException if one does not fit; nothing is changed then
     * @throws IllegalArgumentException        if there is no such layer; nothing is changed then
     */
    public void states(Map<String, List<Tensor>> states) {
        CarriedStates carried = all.carriedStates();
        carried.require(states, batch);
        lease.zero();
        carried.write(states, new BatchOrder(null, 0, batch), lease.rows());
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
