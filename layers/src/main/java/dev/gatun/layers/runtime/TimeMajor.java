package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/** Tensors [T,B,...] at the door of a model whose inputs are time-major; within, all are samples first. */
public final class TimeMajor {

    private static final int AXES = 2;

    private TimeMajor() {}

    /**
     * Inputs samples first.
     *
     * @param graph  whose inputs they are
     * @param inputs as they are given
     * @return the same tensors, those of time-major inputs with both axes exchanged
     */
    static List<Tensor> samplesFirst(Graph graph, List<Tensor> inputs) {
        if (!graph.isTimeMajor()) {
            return inputs;
        }
        List<Tensor> all = new ArrayList<>(inputs);
        for (int input = 0; input < Math.min(all.size(), graph.inputs().size()); input++) {
            if (graph.isTimeMajor(input)) {
                all.set(input, exchanged(all.get(input), AXES));
            }
        }
        return all;
    }

    /**
     * A tensor with its first two axes exchanged.
     *
     * @param tensor [B,T,...] or [T,B,...]
     * @param least  axes from which one has time
     * @return a copy; the tensor itself if it has fewer axes
     */
    public static Tensor exchanged(Tensor tensor, int least) {
        Arguments.required(tensor, "TimeMajor.exchanged", "tensor", "a tensor");
        Shape shape = tensor.shape();
        if (shape.rank() < least) {
            return tensor;
        }
        int first = Math.toIntExact(shape.dim(0));
        int second = Math.toIntExact(shape.dim(1));
        int each = Math.toIntExact(first == 0 || second == 0 ? 0 : shape.elements() / first / second);
        long[] dims = shape.with(0, second).with(1, first).toArray();
        if (tensor.type() == DataType.INT32) {
            int[] numbers = tensor.toIntArray();
            int[] moved = new int[numbers.length];
            move(numbers, moved, first, second, each);
            return Tensor.ofInts(moved, dims);
        }
        float[] numbers = tensor.toArray();
        float[] moved = new float[numbers.length];
        move(numbers, moved, first, second, each);
        return Tensor.of(moved, dims);
    }

    private static void move(Object from, Object to, int first, int second, int each) {
        for (int i = 0; i < first; i++) {
            for (int j = 0; j < second; j++) {
                System.arraycopy(from, (i * second + j) * each, to, (j * first + i) * each, each);
            }
        }
    }
}
