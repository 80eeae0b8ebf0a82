package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.CallArguments;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Walks a graph once at known sizes and plans each step. */
final class ExecutionPlanner {

    private final Graph graph;
    private final List<List<Value>> values = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    ExecutionPlanner(
            Graph graph, List<Shape> inputShapes, ExecutionMode mode, ParameterBlock parameters, MemoryPlan memory,
            Team team) {
        this.graph = graph;
        Map<String, List<ParameterBlock.Entry>> weightsOf = parameters.entries().stream()
                .collect(Collectors.groupingBy(ExecutionPlanner::layer));
        for (int index = 0; index < graph.steps().size(); index++) {
            Graph.Step step = graph.steps().get(index);
            Graph.NamedLayer layer = graph.layerOf(step);
            int input = graph.inputs().indexOf(index);
            if (input >= 0) {
                values.add(List.of(Value.input(layer.name(), inputShapes.get(input), mode, memory)));
                continue;
            }
            CallArguments<Value> read = step.arguments().map(this::value);
            List<ParameterBlock.Entry> weights = weightsOf.getOrDefault(layer.name(), List.of());
            Operation operation = layer.built()
                    .operation(new PlanContext(layer.name(), index, mode, read, weights, memory, team));
            memory.releaseScratch();
            add(operation, mode);
            values.add(operation.outputs());
        }
    }

    /** Names of layers hold no slash (the graph refuses them). */
    private static String layer(ParameterBlock.Entry entry) {
        return entry.name().substring(0, entry.name().indexOf('/'));
    }

    private void add(Operation operation, ExecutionMode mode) {
        Operation joined = operations.isEmpty() || mode.gradients() ? null : operations.getLast().joined(operation);
        if (joined == null) {
            operations.add(operation);
        } else {
            operations.set(operations.size() - 1, joined);
        }
    }

    private Value value(Graph.Ref ref) {
        return values.get(ref.step()).get(ref.output());
    }

    List<Value> inputs() {
        return graph.inputs().stream().map(step -> values.get(step).getFirst()).toList();
    }

    List<Value> outputs() {
        return graph.outputs().stream().map(this::value).toList();
    }

    /** In the order of the steps; with gradients one for each step that is not an input. */
    Operation[] operations() {
        return operations.toArray(Operation[]::new);
    }
}
