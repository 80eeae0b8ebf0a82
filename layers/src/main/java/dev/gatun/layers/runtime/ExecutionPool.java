package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.Mask;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The executions of a network: its own, kept for their next use, and those of predictors and streams. */
final class ExecutionPool implements MaskedExecutions.Maker {

    private final Graph graph;
    private final ModelWeights weights;
    private final WeightVersions versions;
    private final TensorArena arena;
    private final RunStates states;
    private final MaskedGraphs graphs = new MaskedGraphs();
    private final MaskedExecutions kept = new MaskedExecutions(this);
    /** Teams of predictors and streams: what they run on ends with the model. */
    private final Set<Team> guests = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private Team team = new Team(1);
    private ParameterBlock gradients;

    ExecutionPool(Graph graph, ModelWeights weights, WeightVersions versions, TensorArena arena) {
        this.graph = graph;
        this.weights = weights;
        this.versions = versions;
        this.arena = arena;
        this.states = RunStates.of(graph, arena);
    }

    /** The graph with masks for some inputs. */
    Graph masked(List<Integer> inputs) {
        return graphs.of(graph, inputs);
    }

    GivenInputs given(List<Tensor> inputs, List<Mask> masks) {
        return GivenInputs.of(graph, inputs, masks, graphs);
    }

    Execution get(List<Integer> masked, List<Shape> shapes, ExecutionMode mode) {
        return kept.get(masked, shapes, mode);
    }

    /** One of the network's own, which is kept. */
    @Override
    public Execution make(List<Integer> masked, List<Shape> largest, ExecutionMode mode) {
        return new Execution(masked(masked), largest, mode,
                WeightSource.of(weights, mode.gradients() ? gradients() : null),
                team,
                arena,
                states);
    }

    /** What the network's stateful layers carry. */
    RunStates states() {
        return states;
    }

    /** States of a guest's own, at zeros. */
    RunStates states(Graph part) {
        return RunStates.of(part, arena);
    }

    /** @param part of the model's graph, or all of it */
    Execution guest(Graph part, List<Shape> largest, ExecutionMode mode, Team by, RunStates own) {
        guests.add(by);
        WeightSource source = mode.gradients()
                ? WeightSource.of(weights, gradients())
                : WeightSource.serving(weights, versions.reader());
        return new Execution(part, largest, mode, source, by, arena, own);
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

    /** Forgets plans that no longer fit what is trained. */
    void forget() {
        kept.close();
    }

    private void endOwn() {
        kept.close();
        team.close();
    }

    void close() {
        endOwn();
        for (Team guest : guests.toArray(new Team[0])) {
            guest.close();
        }
    }
}
