package dev.gatun.perf.peers;

import dev.gatun.perf.workload.Cell;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.GateWeights;
import dev.gatun.perf.paired.Material;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stack as ONNX: input {@code x} [T,B,I], output {@code y} [T,B,N] or [B,N]; for streaming also states {@code h0, c0, ...}
 * [1,B,U] in and {@code h0_out, c0_out, ...} out, of which the last h is the result. Operators LSTM and GRU of
 * https://github.com/onnx/onnx/blob/main/docs/Operators.md
 */
final class OnnxStack {

    /** ONNX has an LSTM's gates input, output, forget, candidate; these are their places in Keras's order. */
    private static final int[] LSTM_ORDER = {0, 3, 1, 2};
    private static final int[] GRU_ORDER = {0, 1, 2};
    /** By Keras's names of functions. */
    private static final Map<String, String> OPERATORS = Map.of("relu", "Relu", "sigmoid", "Sigmoid", "tanh", "Tanh");

    private final Stack stack;
    private final Material material;
    private final OnnxGraph graph = new OnnxGraph();

    private OnnxStack(Stack stack, Material material) {
        this.stack = stack;
        this.material = material;
    }

    /** For whole sequences. */
    static byte[] sequences(Stack stack, Material material) {
        return new OnnxStack(stack, material).sequences();
    }

    /** For one step at a time. */
    static byte[] step(Stack stack, Material material) {
        return new OnnxStack(stack, material).step();
    }

    private byte[] sequences() {
        int batch = stack.batch();
        graph.input("x", stack.time(), batch, stack.inputs());
        String in = "x";
        int last = stack.units().size() - 1;
        for (int layer = 0; layer <= last; layer++) {
            boolean sequence = layer < last || stack.perStep();
            recurrent(layer, in, List.of(), sequence ? List.of("all" + layer) : List.of("", "last" + layer));
            in = sequence ? features("all" + layer, layer) : squeezed("last" + layer, 0);
        }
        for (int place = 0; place < stack.dense().size(); place++) {
            in = dense(place, in);
        }
        graph.node("Identity", List.of(in), List.of("y"));
        if (stack.perStep()) {
            graph.output("y", stack.time(), batch, stack.outputs());
        } else {
            graph.output("y", batch, stack.outputs());
        }
        return graph.bytes();
    }

    /** Gemm takes matrices only; of a sequence the product and the bias are two nodes. */
    private String dense(int place, String in) {
        Stack.DensePart part = stack.dense().get(place);
        String kernel = graph.constant("kernel" + place, material.dense().get(2 * place), stack.denseInputs(place),
                part.width());
        String bias = graph.constant("bias" + place, material.dense().get(2 * place + 1), part.width());
        String sum = "sum" + place;
        if (stack.perStep()) {
            graph.node("MatMul", List.of(in, kernel), List.of("product" + place));
            graph.node("Add", List.of("product" + place, bias), List.of(sum));
        } else {
            graph.node("Gemm", List.of(in, kernel, bias), List.of(sum));
        }
        if (part.function().equals("linear")) {
            return sum;
        }
        graph.node(OPERATORS.get(part.function()), List.of(sum), List.of("dense" + place));
        return "dense" + place;
    }

    /** Y [T,D,B,U] as the next layer reads it: [T,B,DU]. */
    private String features(String name, int layer) {
        if (stack.sides() == 1) {
            return squeezed(name, 1);
        }
        graph.node("Transpose", Map.of("perm", new long[] {0, 2, 1, 3}), List.of(name), List.of(name + "_swapped"));
        String shape = graph.constant(name + "_shape", new long[] {stack.time(), stack.batch(),
                (long) stack.sides() * stack.units().get(layer)});
        graph.node("Reshape", List.of(name + "_swapped", shape), List.of(name + "_joined"));
        return name + "_joined";
    }

    private String squeezed(String name, int axis) {
        String axes = graph.constant(name + "_axes", new long[] {axis});
        graph.node("Squeeze", List.of(name, axes), List.of(name + "_squeezed"));
        return name + "_squeezed";
    }

    private byte[] step() {
        graph.input("x", 1, stack.batch(), stack.inputs());
        String in = "x";
        for (int layer = 0; layer < stack.units().size(); layer++) {
            int units = stack.units().get(layer);
            graph.input("h" + layer, 1, stack.batch(), units);
            graph.input("c" + layer, 1, stack.batch(), units);
            recurrent(layer, in, List.of("h" + layer, "c" + layer),
                    List.of("", "h" + layer + "_out", "c" + layer + "_out"));
            graph.output("h" + layer + "_out", 1, stack.batch(), units);
            graph.output("c" + layer + "_out", 1, stack.batch(), units);
            // After one step Y_h [1,B,U] is the whole sequence [T,B,U] of the next layer.
            in = "h" + layer + "_out";
        }
        return graph.bytes();
    }

    /** W [D,GU,I], R [D,GU,U], B [D,2GU]: both directions one after the other. */
    private void recurrent(int layer, String in, List<String> states, List<String> outputs) {
        int[] order = stack.cell() == Cell.LSTM ? LSTM_ORDER : GRU_ORDER;
        int sides = stack.sides();
        int units = stack.units().get(layer);
        long columns = (long) stack.cell().gates() * units;
        List<float[]> kernels = new ArrayList<>();
        List<float[]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (GateWeights weights : material.layers().subList(layer * sides, (layer + 1) * sides)) {
            kernels.add(weights.kernel(order));
            recurrents.add(weights.recurrent(order));
            biases.addAll(weights.biases(order));
            if (stack.hasBias() && stack.cell() == Cell.LSTM) {
                biases.add(new float[(int) columns]);
            }
        }
        List<String> inputs = new ArrayList<>(List.of(
                in, graph.constant("w" + layer, joined(kernels), sides, columns, stack.inputsOf(layer)),
                graph.constant("r" + layer, joined(recurrents), sides, columns, units),
                stack.hasBias() ? graph.constant("b" + layer, joined(biases), sides, 2 * columns) : ""));
        if (!states.isEmpty()) {
            inputs.add("");
            inputs.addAll(states);
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("hidden_size", (long) units);
        attributes.put("direction", sides == 2 ? "bidirectional" : "forward");
        if (stack.cell() == Cell.GRU) {
            attributes.put("linear_before_reset", 1L);
        }
        graph.node(stack.cell().name(), attributes, inputs, outputs);
    }

    private static float[] joined(List<float[]> parts) {
        FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }
}
