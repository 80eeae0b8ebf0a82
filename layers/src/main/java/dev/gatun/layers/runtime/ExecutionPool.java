package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.check.Arguments;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.TensorArena;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The executions of a model, kept by sizes and mode. */
final class ExecutionPool {

    /**
     * A record's own hash code and equality are made when they are first used, 10 ms of a first prediction; purposes are
     * constants but for a few.
     */
    private record Key(List<Shape> shapes, ExecutionMode mode) {

        @Override
        public int hashCode() {
            return shapes.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && shapes.equals(key.shapes)
                    && (mode == key.mode || mode.equals(key.mode));
        }
    }

    private final Graph graph;
    private final ModelWeights weights;
    private final TensorArena arena;
    private final ExecutionCache<Key> kept = new ExecutionCache<>();
    /** Teams of predictors and streams: what they run on ends with the model. */
    private final Set<Team> guests = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private Team team = new Team(1);
    private ParameterBlock gradients;

    ExecutionPool(Graph graph, ModelWeights weights, TensorArena arena) {
        this.graph = graph;
        this.weights = weights;
        this.arena = arena;
    }

    Execution get(List<Shape> shapes, ExecutionMode mode) {
        Arguments.required(mode, "Model.execution", "mode", "for example ExecutionMode.INFERENCE");
        return kept.get(new Key(List.copyOf(shapes), mode), key -> create(key.shapes(), key.mode(), team));
    }

    Execution create(List<Shape> shapes, ExecutionMode mode, Team by) {
        return create(graph, shapes, mode, by);
    }

    /** @param part of the model's graph, or all of it */
    Execution create(Graph part, List<Shape> shapes, ExecutionMode mode, Team by) {
        if (by != team) {
            guests.add(by);
        }
        return new Execution(
                part, shapes, mode, weights.parameters(), mode.gradients() ? gradients() : null, by, arena);
    }

    synchronized ParameterBlock gradients() {
        if (gradients == null) {
            gradients = weights.parameters().twin(arena, "gradients");
        }
        return gradients;
    }

    Team team() {
        return team;
    }

    /** Plans are made for a team, so they go with it. */
    void team(Team other) {
        endOwn();
        team = other;
    }

    private void endOwn() {
        kept.close();
        team.close();
    }

    void close() {
        endOwn();
        for (Team guest : guests.toArray(Team[]::new)) {
            guest.close();
        }
    }
}
