package dev.gatun.tests.onnx;

import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxNode;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs an ONNX graph in double precision, of the operators that Gatun writes, as ONNX's operator specification has them. It
 * holds the graph to ONNX's rules: every value is made once and before it is read, nodes have names of their own, and
 * attributes are those of the operator.
 */
public final class OnnxEvaluator {

    private final Map<String, RefTensor> values = new HashMap<>();
    /** Names of values that are whole numbers, which divide as such. */
    private final Set<String> wholes = new HashSet<>();
    private final OnnxEvaluator around;

    private OnnxEvaluator(OnnxEvaluator around) {
        this.around = around;
    }

    /**
     * @param inputs in the order of the graph's
     * @return for each output its numbers, row-major
     */
    public static List<double[]> run(OnnxGraph graph, List<Tensor> inputs) {
        OnnxEvaluator evaluator = new OnnxEvaluator(null);
        for (int i = 0; i < graph.inputs().size(); i++) {
            evaluator.put(graph.inputs().get(i).name(), RefTensor.of(inputs.get(i)));
            if (graph.inputs().get(i).type() == OnnxType.INT32) {
                evaluator.wholes.add(graph.inputs().get(i).name());
            }
        }
        for (OnnxTensor tensor : graph.initializers()) {
            if (tensor.type() != OnnxType.FLOAT) {
                evaluator.wholes.add(tensor.name());
            }
            evaluator.put(tensor.name(), tensor.type() == OnnxType.FLOAT
                    ? RefTensor.of(Tensor.of(tensor.floats(), tensor.shape().toArray()))
                    : new RefTensor(new int[] {tensor.longs().length},
                            Arrays.stream(tensor.longs()).asDoubleStream().toArray()));
        }
        evaluator.run(graph.nodes());
        List<double[]> outputs = new ArrayList<>();
        for (OnnxValue output : graph.outputs()) {
            RefTensor numbers = evaluator.get(output.name());
            require(output.shape().accepts(shape(numbers)), output + " has shape " + shape(numbers));
            outputs.add(numbers.values());
        }
        return outputs;
    }

    private void run(List<OnnxNode> nodes) {
        Set<String> names = new HashSet<>();
        for (OnnxNode node : nodes) {
            require(names.add(node.name()), "two nodes are called " + node.name());
            run(node);
        }
    }

    private void run(OnnxNode node) {
        List<RefTensor> reads = node.inputs().stream().map(name -> name.isEmpty() ? null : get(name)).toList();
        OnnxAttributes attributes = new OnnxAttributes(node);
        List<RefTensor> made = makes(node, reads, attributes);
        attributes.requireAllRead();
        require(node.outputs().size() <= made.size(), node + " makes fewer values");
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                put(node.outputs().get(i), made.get(i));
            }
        }
    }

    private List<RefTensor> makes(OnnxNode node, List<RefTensor> reads, OnnxAttributes attributes) {
        String operator = node.operator();
        boolean areWhole = areWhole(node);
        if (areWhole) {
            wholes.addAll(node.outputs());
        }
        return switch (operator) {
            case "LSTM" -> OnnxLstm.run(reads, attributes);
            case "Split" -> {
                require(attributes.whole("axis") == -1 && reads.size() == 1, "only parts of the last axis");
                yield OnnxMovement.split(reads.getFirst(), node.outputs().size());
            }
            case "Scan" -> OnnxScan.run(reads, attributes, all -> body(attributes.body("body"), all));
            case "TopK" -> OnnxAxes.top(reads.getFirst(), reads.get(1), attributes.whole("axis"));
            case "Cast" -> List.of(cast(reads.getFirst(), attributes.whole("to")));
            case "Div" -> List.of(OnnxBroadcast.both(reads.getFirst(), reads.get(1),
                    (a, b) -> areWhole ? (long) a / (long) b : a / b));
            default -> OnnxOneState.has(operator)
                    ? OnnxOneState.run(operator, reads, attributes)
                    : List.of(OnnxOperators.run(operator, reads, attributes));
        };
    }

    /** The body of a loop sees what was made around it. */
    private List<RefTensor> body(OnnxGraph graph, List<RefTensor> inputs) {
        OnnxEvaluator inner = new OnnxEvaluator(this);
        require(graph.initializers().isEmpty() && graph.inputs().size() == inputs.size(), "another body");
        for (int i = 0; i < inputs.size(); i++) {
            require(graph.inputs().get(i).shape().accepts(shape(inputs.get(i))), graph.inputs().get(i) + " is given "
                    + shape(inputs.get(i)));
            inner.put(graph.inputs().get(i).name(), inputs.get(i));
        }
        inner.run(graph.nodes());
        return graph.outputs().stream().map(output -> inner.get(output.name())).toList();
    }

    private boolean areWhole(OnnxNode node) {
        return switch (node.operator()) {
            case "Cast" -> {
                long to = ((OnnxAttribute.Whole) node.attributes().get("to")).value();
                yield to == OnnxType.INT64.number() || to == OnnxType.INT32.number();
            }
            case "Shape" -> true;
            case "Where" -> wholes.contains(node.inputs().get(1));
            default -> wholes.contains(node.inputs().getFirst());
        };
    }

    private static RefTensor cast(RefTensor x, int to) {
        RefTensor y = RefTensor.zeros(x.shape());
        for (int i = 0; i < y.values().length; i++) {
            double value = x.values()[i];
            y.values()[i] = to == OnnxType.BOOL.number()
                    ? value == 0 ? 0 : 1
                    : to == OnnxType.FLOAT.number() ? value : (long) value;
        }
        return y;
    }

    private static Shape shape(RefTensor numbers) {
        return Shape.of(Arrays.stream(numbers.shape()).asLongStream().toArray());
    }

    private void put(String name, RefTensor numbers) {
        require(!isThere(name), name + " is made twice");
        values.put(name, numbers);
    }

    private boolean isThere(String name) {
        return values.containsKey(name) || around != null && around.isThere(name);
    }

    private RefTensor get(String name) {
        if (!values.containsKey(name) && around != null) {
            return around.get(name);
        }
        require(values.containsKey(name), name + " is read before it is made");
        return values.get(name);
    }

    static void require(boolean holds, String said) {
        if (!holds) {
            throw new IllegalArgumentException(said);
        }
    }
}
