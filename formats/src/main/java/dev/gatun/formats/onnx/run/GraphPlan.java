package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph that can run: its nodes in order, with their operators, and what is constant. */
public final class GraphPlan {

    private final List<ParsedValue> inputs;
    private final List<ParsedValue> outputs;
    private final List<PlannedNode> nodes;
    private final Map<String, NumberArray> constants;
    private final Map<String, NumberArray> defaults;

    GraphPlan(
            List<ParsedValue> inputs, List<ParsedValue> outputs, List<PlannedNode> nodes,
            Map<String, NumberArray> constants, Map<String, NumberArray> defaults) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.nodes = withoutDead(nodes, outputs);
        this.constants = constants;
        this.defaults = defaults;
    }

    /** Each node drops what it was the last to read, but what the graph gives out. */
    private static List<PlannedNode> withoutDead(List<PlannedNode> nodes, List<ParsedValue> outputs) {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.name()));
        List<PlannedNode> planned = new ArrayList<>();
        for (PlannedNode node : nodes.reversed()) {
            List<String> last = node.node().reads().stream().filter(needed::add).toList();
            planned.add(node.dropping(last));
        }
        return planned.reversed();
    }

    /** How many inputs it has. */
    public int inputs() {
        return inputs.size();
    }

    /** How many outputs it has. */
    public int outputs() {
        return outputs.size();
    }

    /** How many nodes run. */
    public int nodes() {
        return nodes.size();
    }

    /**
     * Runs the model's own graph.
     *
     * @param given by name; defaults may be left out
     * @return a value for each output
     * @throws IllegalArgumentException if values do not fit a node: names it
     */
    public List<NumberArray> run(Map<String, NumberArray> given) {
        Scope scope = Scope.of(constants);
        for (ParsedValue input : inputs) {
            NumberArray value = given.getOrDefault(input.name(), defaults.get(input.name()));
            scope.put(input.name(), value);
        }
        return run(scope);
    }

    List<NumberArray> run(List<NumberArray> given, Scope outer) {
        if (given.size() != inputs.size()) {
            throw new IllegalArgumentException("its body has " + inputs.size() + " inputs, got " + given.size());
        }
        Scope scope = outer.within(constants);
        for (int i = 0; i < given.size(); i++) {
            scope.put(inputs.get(i).name(), given.get(i));
        }
        return run(scope);
    }

    private List<NumberArray> run(Scope scope) {
        for (PlannedNode node : nodes) {
            node.run(scope);
        }
        List<NumberArray> made = new ArrayList<>();
        for (ParsedValue output : outputs) {
            made.add(scope.get(output.name()));
        }
        return made;
    }

    /** The type that an output is said to have. */
    NumberType type(int output) {
        NumberType type = outputs.get(output).type();
        return type == null ? NumberType.FLOAT32 : type;
    }

    /** The shape that an output is said to have, 0 for sizes that are not known. */
    int[] shape(int output) {
        List<ParsedValue.Axis> axes = outputs.get(output).axes();
        return axes == null
                ? new int[0]
                : axes.stream().mapToInt(axis -> (int) Math.clamp(axis.size(), 0L, NumberArray.MOST_NUMBERS)).toArray();
    }
}
