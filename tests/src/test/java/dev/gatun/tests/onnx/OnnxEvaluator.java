package dev.gatun.tests.onnx;

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

    private OnnxEvaluator() {}

    /**
     * @param inputs in the order of the graph's
     * @return for each output its numbers, row-major
     */
    public static List<double[]> run(OnnxGraph graph, List<Tensor> inputs) {
        OnnxEvaluator evaluator = new OnnxEvaluator();
        for (int i = 0; i < graph.inputs().size(); i++) {
            evaluator.put(graph.inputs().get(i).name(), RefTensor.of(inputs.get(i)));
        }
        for (OnnxTensor tensor : graph.initializers()) {
            evaluator.put(tensor.name(), tensor.type() == OnnxType.FLOAT
                    ? RefTensor.of(Tensor.of(tensor.floats(), tensor.shape().toArray()))
                    : new RefTensor(new int[] {tensor.longs().length},
                            Arrays.stream(tensor.longs()).asDoubleStream().toArray()));
        }
        Set<String> names = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            require(names.add(node.name()), "two nodes are called " + node.name());
            evaluator.run(node);
        }
        List<double[]> outputs = new ArrayList<>();
        for (OnnxValue output : graph.outputs()) {
            RefTensor numbers = evaluator.get(output.name());
            Shape shape = Shape.of(Arrays.stream(numbers.shape()).asLongStream().toArray());
            require(output.shape().accepts(shape), output + " has shape " + shape);
            outputs.add(numbers.values());
        }
        return outputs;
    }

    private void run(OnnxNode node) {
        List<RefTensor> reads = node.inputs().stream().map(name -> name.isEmpty() ? null : get(name)).toList();
        OnnxAttributes attributes = new OnnxAttributes(node);
        List<RefTensor> made = makes(node.operator(), reads, attributes);
        attributes.requireAllRead();
        require(node.outputs().size() <= made.size(), node + " makes fewer values");
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                put(node.outputs().get(i), made.get(i));
            }
        }
    }

    private static List<RefTensor> makes(String operator, List<RefTensor> reads, OnnxAttributes attributes) {
        if (operator.equals("LSTM")) {
            return OnnxLstm.run(reads, attributes);
        }
        if (operator.equals("Split")) {
            require(attributes.whole("axis") == -1 && reads.size() == 1, "only halves of the last axis");
            return OnnxMovement.halves(reads.getFirst());
        }
        return OnnxOneState.has(operator)
                ? OnnxOneState.run(operator, reads, attributes)
                : List.of(OnnxOperators.run(operator, reads, attributes));
    }

    private void put(String name, RefTensor numbers) {
        require(values.put(name, numbers) == null, name + " is made twice");
    }

    private RefTensor get(String name) {
        require(values.containsKey(name), name + " is read before it is made");
        return values.get(name);
    }

    static void require(boolean holds, String said) {
        if (!holds) {
            throw new IllegalArgumentException(said);
        }
    }
}
