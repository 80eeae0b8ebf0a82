package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the streams of a network share: plans, of which there are as many as threads have stepped at once, and the store of what
 * they carry.
 */
final class StreamPlans {

    private final Network network;
    private final Graph graph;
    private final TensorArena arena;
    private final Map<Integer, Pool> byBatch = new HashMap<>();
    private StateStore states;
    private volatile boolean steps;

    StreamPlans(Network network, Graph graph, TensorArena arena) {
        this.network = network;
        this.graph = graph;
        this.arena = arena;
    }

    /** The graph never changes, so it is looked at once and not by each of a service's streams. */
    void requireSteps() {
        if (!steps) {
            StepCheck.require(graph);
            steps = true;
        }
    }

    synchronized StateStore states() {
        if (states == null) {
            states = new StateStore(Math.max(TensorArena.ALIGNMENT, StateLayout.of(network.flatGraph()).rowBytes()),
                    arena);
        }
        return states;
    }

    CarriedStates carriedStates() {
        return CarriedStates.of(network.flatGraph());
    }

    /** The plans for a batch that every stream of it may use. */
    synchronized Pool pool(int batch) {
        return byBatch.computeIfAbsent(batch, size -> new Pool(size, null));
    }

    /** A plan of one stream's own, on threads of its own. */
    Pool ownPool(int batch, Team team) {
        return new Pool(batch, team);
    }

    /** A plan that one thread at a time uses. */
    static final class Seat {

        private final Execution execution;
        private final AtomicBoolean isTaken = new AtomicBoolean();

        private Seat(Execution execution) {
            this.execution = execution;
        }

        Execution execution() {
            return execution;
        }

        private boolean take() {
            return !isTaken.get() && isTaken.compareAndSet(false, true);
        }

        void leave() {
            isTaken.setRelease(false);
        }
    }

    /** Plans for one batch. */
    final class Pool {

        private final Team team;
        private final Shape step;
        private final int inputLength;
        private final int outputLength;
        private volatile Seat[] seats = {};

        private Pool(int batch, Team team) {
            this.team = team;
            this.step = graph.inputShape(0).with(0, batch).with(1, 1);
            this.inputLength = Math.toIntExact(step.elements());
            this.outputLength = Math.toIntExact(graph.outputShapes(List.of(step)).getFirst().elements());
        }

        int inputLength() {
            return inputLength;
        }

        int outputLength() {
            return outputLength;
        }

        /** A free plan, the last one if it is; takes memory only if all are in use. */
        Seat take(Seat last) {
            if (last != null && last.take()) {
                return last;
            }
            for (Seat seat : seats) {
                if (seat.take()) {
                    return seat;
                }
            }
            return more();
        }

        private synchronized Seat more() {
            Seat seat = new Seat(network.newExecution(
                    List.of(step), ExecutionMode.STREAMING, team == null ? new Team(1) : team));
            seat.isTaken.set(true);
            List<Seat> all = new ArrayList<>(List.of(seats));
            all.add(seat);
            seats = all.toArray(Seat[]::new);
            return seat;
        }

        /** Frees the plans of a pool that one stream has for itself. */
        void close() {
            for (Seat seat : seats) {
                seat.execution.close();
            }
        }
    }
}
