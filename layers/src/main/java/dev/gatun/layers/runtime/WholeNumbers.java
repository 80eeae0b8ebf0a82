package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/** Floats in the place of whole numbers, for inputs that take them. */
final class WholeNumbers {

    private WholeNumbers() {}

    /**
     * @return the caller's own list of the same tensors, those cut that stand where whole numbers are read and floats taken
     * @throws IllegalArgumentException if one of them is no number
     */
    static List<Tensor> cut(Graph graph, List<Tensor> inputs) {
        Arguments.all(inputs, "Model.predict", "inputs", "a tensor for each input of the model");
        List<Tensor> cut = new ArrayList<>(inputs);
        for (int input = 0; input < Math.min(inputs.size(), graph.inputs().size()); input++) {
            if (graph.takesFloats(input) && inputs.get(input).type() == DataType.FLOAT32) {
                cut.set(input, cut(graph, input, inputs.get(input)));
            }
        }
        return cut;
    }

    private static Tensor cut(Graph graph, int input, Tensor floats) {
        float[] numbers = floats.toArray();
        int[] whole = new int[numbers.length];
        for (int i = 0; i < whole.length; i++) {
            if (Float.isNaN(numbers[i])) {
                throw new IllegalArgumentException("Model '" + graph.name() + "', input '" + graph.inputName(input)
                        + "': number " + i + " (counted from 0) is NaN, and ids are whole numbers; give ids, "
                        + "and 0 for padding");
            }
            whole[i] = (int) numbers[i];
        }
        return Tensor.ofInts(whole, floats.shape().toArray());
    }
}
