package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.graph.ReadMasks;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Walks what a plan runs once, for the largest sizes, and plans each call. */
final class ExecutionPlanner {

    private final Graph graph;
    private final PlannedGraph planned;
    private final ExecutionMode mode;
    private final ModelWeights weights;
    private final StateLayout states;
    private final StateLayout kept;
    private final Team team;
    private final PlanMemory memory;
    private final Map<Graph.Ref, Value> values = new HashMap<>();
    private final Map<Graph.Ref, Graph.Ref> masks;
    private final Map<Graph.Ref, Integer> lastReader;
    private final List<List<Graph.Ref>> readLastBy = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<ActivityPenalty> penalties = new ArrayList<>();
    private final Map<Integer, Operation> byStep = new TreeMap<>();

    ExecutionPlanner(Graph graph, List<Shape> largest, ExecutionMode mode, ModelWeights weights, Team team) {
        this.graph = graph;
        this.planned = PlannedGraph.of(graph, mode);
        this.mode = mode;
        this.weights = weights;
        this.states = StateLayout.of(graph);
        this.team = team;
        this.kept = StateLayout.ofKept(graph);
        this.memory = new PlanMemory(mode, kept.rowBytes() > 0);
        this.masks = graph.masks();
        this.lastReader = lastReaders();
        for (int group = 0; group < planned.groups().size(); group++) {
            readLastBy.add(new ArrayList<>());
        }
        for (Map.Entry<Graph.Ref, Integer> last : lastReader.entrySet()) {
            if (last.getValue() < readLastBy.size()) {
                readLastBy.get(last.getValue()).add(last.getKey());
            }
        }
        planInputs(largest);
        for (int group = 0; group < planned.groups().size(); group++) {
            plan(group);
        }
        memory.complete();
    }

    /** First of all, so that what a user has loaded is still there in the next run. */
    private void planInputs(List<Shape> largest) {
        for (int input = 0; input < graph.inputs().size(); input++) {
            int step = graph.inputs().get(input);
            values.put(new Graph.Ref(step, 0),
                    context(step, CallArguments.of(List.of())).input(graph.inputType(input), largest.get(input)));
        }
        for (int step : graph.inputs()) {
            carryMask(new Graph.Ref(step, 0));
        }
        memory.endGroup(List.copyOf(values.values()));
    }

    /** For each value the group that reads it last; what the model gives is read by its user. */
    private Map<Graph.Ref, Integer> lastReaders() {
        Map<Graph.Ref, Integer> last = new HashMap<>();
        for (int group = 0; group < planned.groups().size(); group++) {
            for (int step : planned.groups().get(group).steps()) {
                for (Graph.Ref ref : graph.steps().get(step).arguments().all()) {
                    last.put(planned.source(ref), group);
                    if (masks.containsKey(ref)) {
                        last.put(masks.get(ref), group);
                    }
                }
            }
        }
        for (int step : graph.inputs()) {
            last.put(new Graph.Ref(step, 0), Integer.MAX_VALUE);
        }
        for (Graph.Ref ref : graph.outputs()) {
            last.put(planned.source(ref), Integer.MAX_VALUE);
            if (masks.containsKey(ref)) {
                last.put(masks.get(ref), Integer.MAX_VALUE);
            }
        }
        // Penalties are asked for when the run has ended.
        for (int step = 0; step < graph.steps().size(); step++) {
            for (int output = 0; isPenalized(step)
                    && output < graph.steps().get(step).outputShapes().size(); output++) {
                last.put(new Graph.Ref(step, output), Integer.MAX_VALUE);
            }
        }
        return last;
    }

    private void plan(int group) {
        PlanGroup planning = planned.groups().get(group);
        List<Integer> steps = planning.steps();
        List<Operation> parts = new ArrayList<>();
        for (int step : steps) {
            parts.add(operation(step));
        }
        operations.addAll(planning.kind().joined(parts, team));
        steps.forEach(this::penalize);
        List<Value> read = new ArrayList<>();
        for (int step : steps) {
            for (int output = 0; output < byStep.get(step).outputs().size(); output++) {
                Graph.Ref ref = new Graph.Ref(step, output);
                if (lastReader.getOrDefault(ref, group) > group) {
                    read.add(values.get(ref));
                }
            }
        }
        memory.endGroup(read);
        for (Graph.Ref ref : readLastBy.get(group)) {
            if (values.containsKey(ref)) {
                memory.lastRead(values.get(ref));
            }
        }
    }

    private boolean isPenalized(int step) {
        return !mode.carriesState() && mode != ExecutionMode.DIFFERENTIATION
                && !graph.layerOf(graph.steps().get(step)).layer().activityRegularizer().isNone();
    }

    /** Behind the group that makes the values, so that their gradients are there before it goes back. */
    private void penalize(int step) {
        if (!isPenalized(step)) {
            return;
        }
        Graph.NamedLayer named = graph.layerOf(graph.steps().get(step));
        Regularizer regularizer = named.layer().activityRegularizer();
        for (int output = 0; output < graph.steps().get(step).outputShapes().size(); output++) {
            penalties.add(new ActivityPenalty(named.name(), values.get(new Graph.Ref(step, output)), regularizer));
            operations.add(penalties.getLast());
        }
    }

    private Operation operation(int index) {
        Graph.Step step = graph.steps().get(index);
        Operation operation = graph.layerOf(step).built()
                .operation(context(index, new ReadMasks(graph, masks).arguments(index).map(this::value)));
        memory.endOperation();
        byStep.put(index, operation);
        for (int output = 0; output < operation.outputs().size(); output++) {
            values.put(new Graph.Ref(index, output), operation.outputs().get(output));
        }
        for (int output = 0; output < step.outputShapes().size(); output++) {
            carryMask(new Graph.Ref(index, output));
        }
        return operation;
    }

    private void carryMask(Graph.Ref ref) {
        if (masks.containsKey(ref)) {
            values.get(ref).mask(values.get(masks.get(ref)));
        }
    }

    private PlanContext context(int index, CallArguments<Value> arguments) {
        Graph.NamedLayer layer = graph.layerOf(graph.steps().get(index));
        WeightPlaces places = weights.places(layer.name());
        CallPlace call = new CallPlace(index, states.byStep().get(index), kept.byStep().get(index));
        return new PlanContext(layer.name(), call, mode, arguments, places, memory, team);
    }

    private Value value(Graph.Ref ref) {
        return values.get(planned.source(ref));
    }

    PlannedGraph planned() {
        return planned;
    }

    PlanMemory memory() {
        return memory;
    }

    List<Value> inputs() {
        List<Value> inputs = new ArrayList<>(graph.inputs().size());
        for (int step : graph.inputs()) {
            inputs.add(values.get(new Graph.Ref(step, 0)));
        }
        return inputs;
    }

    List<Value> outputs() {
        List<Value> outputs = new ArrayList<>(graph.outputs().size());
        for (Graph.Ref output : graph.outputs()) {
            outputs.add(value(output));
        }
        return outputs;
    }

    /** In the order in which they run. */
    Operation[] operations() {
        return operations.toArray(new Operation[0]);
    }

    /** The penalties on what calls return. */
    List<ActivityPenalty> penalties() {
        return penalties;
    }

    /** The operations of the calls that are no inputs, in the order of the graph; of plans with gradients, where none is left out. */
    List<Operation> calls() {
        return List.copyOf(byStep.values());
    }

    /** The values that a plan makes, as the graph names them. */
    Map<Graph.Ref, Value> values() {
        return values;
    }
}
