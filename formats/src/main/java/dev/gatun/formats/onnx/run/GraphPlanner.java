package dev.gatun.formats.onnx.run;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedAttribute;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.operator.Kept;
import dev.gatun.formats.onnx.operator.Operator;
import dev.gatun.formats.onnx.operator.Operators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a graph ready to run, once: operators found and nodes checked, what needs no input computed. */
public final class GraphPlanner {

    private static final int MOST_TOLD = 8;

    /** How many numbers are computed when a file is opened; what is constant beyond them is computed in each run. */
    private static final long MOST_FOLDED = 1L << 27;

    private final int opset;
    private long budget = MOST_FOLDED;
    private final PlanProblems problems = new PlanProblems();

    private GraphPlanner(int opset) {
        this.opset = opset;
    }

    /**
     * Plans the graph of a file.
     *
     * @param model parsed
     * @throws FormatException naming all nodes that cannot run, and why
     */
    public static GraphPlan plan(ParsedModel model) throws FormatException {
        GraphPlanner planner = new GraphPlanner(model.opset());
        GraphPlan plan = planner.plan(model.graph(), null);
        if (!planner.problems.isEmpty()) {
            throw new FormatException(model.file(), "cannot be run: " + planner.problems.text(MOST_TOLD));
        }
        return plan;
    }

    /** @param outer constants of the graphs around this one; null if there is none */
    private GraphPlan plan(ParsedGraph graph, Known outer) {
        Map<String, NumberArray> constants = new LinkedHashMap<>(graph.initializers());
        Map<String, NumberArray> defaults = new HashMap<>();
        for (ParsedValue input : graph.inputs()) {
            NumberArray given = constants.remove(input.name());
            if (given != null) {
                defaults.put(input.name(), given);
            }
        }
        Known known = Known.within(outer);
        graph.inputs().forEach(input -> known.own().put(input.name(), null));
        known.own().putAll(constants);
        List<PlannedNode> nodes = new ArrayList<>();
        for (ParsedNode node : graph.nodes()) {
            PlannedNode planned = planned(node, known, defaults);
            if (planned == null || !folded(planned, known, constants)) {
                node.outputs().forEach(output -> known.own().put(output, null));
                nodes.add(planned);
            }
        }
        if (!problems.isEmpty()) {
            return new GraphPlan(List.of(), List.of(), List.of(), Map.of(), Map.of());
        }
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.node().reads()));
        graph.outputs().forEach(output -> read.add(output.name()));
        constants.keySet().retainAll(read);
        return new GraphPlan(graph.inputs(), graph.outputs(), nodes, constants, defaults);
    }

    /** @return null if the node cannot run */
    private PlannedNode planned(ParsedNode node, Known known, Map<String, NumberArray> defaults) {
        Map<String, GraphPlan> bodies = new HashMap<>();
        for (Map.Entry<String, ParsedAttribute> attribute : node.attributes().entrySet()) {
            if (attribute.getValue() instanceof ParsedAttribute.Body body) {
                bodies.put(attribute.getKey(), plan(body.graph(), known));
            }
        }
        try {
            Operator operator = Operators.of(node, opset);
            operator.check().check(node, index -> {
                NumberArray constant = known.get(node.input(index));
                return constant == null ? defaults.get(node.input(index)) : constant;
            });
            return new PlannedNode(node, operator, opset, bodies, kept(node, known), List.of());
        } catch (IllegalArgumentException told) {
            problems.add(node, FormatException.reason(told));
            return null;
        } catch (RuntimeException unfit) {
            problems.add(node, "its attributes or inputs do not fit the operator");
            return null;
        }
    }

    private static Kept kept(ParsedNode node, Known known) {
        boolean[] areConstant = new boolean[node.inputs().size()];
        for (int input = 0; input < areConstant.length; input++) {
            areConstant[input] = known.get(node.input(input)) != null;
        }
        return Kept.of(areConstant);
    }

    /** What needs no input is computed now, as long as that is quick: a file of a few bytes may ask for any work. */
    private boolean folded(PlannedNode planned, Known known, Map<String, NumberArray> constants) {
        ParsedNode node = planned.node();
        if (!problems.isEmpty() || !planned.operator().isQuick() || budget <= 0) {
            return false;
        }
        Map<String, NumberArray> read = new HashMap<>();
        for (String name : node.reads()) {
            read.put(name, known.get(name));
        }
        if (read.containsValue(null)) {
            return false;
        }
        for (NumberArray array : read.values()) {
            budget -= array.count();
        }
        if (budget <= 0) {
            return false;
        }
        Scope scope = Scope.of(read);
        try {
            planned.run(scope);
        } catch (IllegalArgumentException | IllegalStateException told) {
            problems.add(FormatException.reason(told));
            return false;
        }
        for (String output : node.outputs()) {
            if (!output.isEmpty()) {
                budget -= scope.get(output).count() + 1L;
                known.own().put(output, scope.get(output));
                constants.put(output, scope.get(output));
            }
        }
        return true;
    }
}
