package dev.gatun.layers.model;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.TensorArena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The executions of a model, kept by sizes and purpose; the least recently used goes when there are too many. */
final class Executions {

    /** Training and validation, each with a last smaller batch, and room for a few other sizes. */
    private static final int KEPT = 8;

    private record Key(List<Shape> shapes, Purpose purpose) {}

    private final Graph graph;
    private final ModelWeights weights;
    private final TensorArena arena;
    private final Map<Key, Execution> kept = new LinkedHashMap<>(16, 0.75f, true);
    private Team team = new Team(1);
    private ParameterBlock gradients;

    Executions(Graph graph, ModelWeights weights, TensorArena arena) {
        this.graph = graph;
        this.weights = weights;
        this.arena = arena;
    }

    Execution get(List<Shape> shapes, Purpose purpose) {
        Key key = new Key(shapes, purpose);
        Execution execution = kept.get(key);
        if (execution == null) {
            execution = create(shapes, purpose, team);
            kept.put(key, execution);
            dropOldest();
        }
        return execution;
    }

    private void dropOldest() {
        if (kept.size() > KEPT) {
            Map.Entry<Key, Execution> oldest = kept.entrySet().iterator().next();
            oldest.getValue().close();
            kept.remove(oldest.getKey());
        }
    }

    Execution create(List<Shape> shapes, Purpose purpose, Team by) {
        return new Execution(
                graph, shapes, purpose, weights.parameters(), purpose.gradients() ? gradients() : null, by, arena);
    }

    ParameterBlock gradients() {
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
        close();
        team = other;
    }

    void close() {
        kept.values().forEach(Execution::close);
        kept.clear();
        team.close();
    }
}
