package dev.gatun.perf.peers;

import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.LstmWeights;
import dev.gatun.perf.paired.Material;
import java.util.List;
import java.util.Map;

/**
 * A stack as ONNX: input {@code x} [T,B,I], output {@code y} [T,B,N] or [B,N]; for streaming also states {@code h0, c0, ...}
 * [1,B,U] in and {@code h0_out, c0_out, ...} out, of which the last h is the result. Operator LSTM of
 * https://github.com/onnx/onnx/blob/main/docs/Operators.md#LSTM
 */
final class OnnxStack {

    /** ONNX has the gates input, output, forget, candidate; these are their places in Keras's order. */
    private static final int[] ORDER = {0, 3, 1, 2};
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
            // Y is [T,1,B,U]: the direction goes, the next layer reads [T,B,U].
            lstm(layer, in, List.of(), sequence ? List.of("all" + layer) : List.of("", "last" + layer));
            in = sequence ? squeezed("all" + layer, 1) : squeezed("last" + layer, 0);
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
            lstm(layer, in, List.of("h" + layer, "c" + layer),
                    List.of("", "h" + layer + "_out", "c" + layer + "_out"));
            graph.output("h" + layer + "_out", 1, stack.batch(), units);
            graph.output("c" + layer + "_out", 1, stack.batch(), units);
            // After one step Y_h [1,B,U] is the whole sequence [T,B,U] of the next layer.
            in = "h" + layer + "_out";
        }
        return graph.bytes();
    }

    private void lstm(int layer, String in, List<String> states, List<String> outputs) {
        LstmWeights weights = material.layers().get(layer);
        int units = weights.units();
        String kernel = graph.constant("w" + layer, LstmWeights.transposed(weights.kernel(), units, ORDER), 1,
                4L * units, weights.inputs());
        String recurrent = graph.constant("r" + layer, LstmWeights.transposed(weights.recurrent(), units, ORDER), 1,
                4L * units, units);
        float[] bias = new float[8 * units];
        System.arraycopy(LstmWeights.transposed(weights.bias(), units, ORDER), 0, bias, 0, 4 * units);
        String biases = graph.constant("b" + layer, bias, 1, bias.length);
        List<String> inputs = new java.util.ArrayList<>(List.of(in, kernel, recurrent, biases));
        if (!states.isEmpty()) {
            inputs.add("");
            inputs.addAll(states);
        }
        graph.lstm(units, inputs, outputs);
    }
}
