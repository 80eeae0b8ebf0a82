package dev.gatun.formats.onnx;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one input or output of a model lies in the ONNX graph.
 *
 * @param name      in the graph
 * @param axes      for each axis in ONNX that of the model, or {@link #NONE}
 * @param isLengths whether the graph has the lengths of sequences there, [batch], where the model has a mask, [batch, time]
 */
public record OnnxPlace(String name, List<Integer> axes, boolean isLengths) {

    /** Stands for an axis of size 1 that the model has not. */
    public static final int NONE = -1;

    /**
     * Keeps a copy of the list.
     *
     * @throws NullPointerException naming what is missing
     */
    public OnnxPlace {
        Arguments.required(name, "OnnxPlace", "name", "a name in the graph");
        axes = Arguments.copy(axes, "OnnxPlace", "axes", "numbers of axes");
    }

    /** One line of the model's metadata. */
    String written() {
        return (isLengths ? "lengths " : "values ")
                + axes.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")) + " " + name;
    }

    static OnnxPlace read(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 3 || !words[1].matches("\\[(-?\\d{1,2}(,-?\\d{1,2})*)?]")) {
            throw new IllegalArgumentException(
                    "The model's metadata say of a value of its ONNX graph '" + line + "', which is not understood");
        }
        String numbers = words[1].substring(1, words[1].length() - 1);
        List<Integer> axes = numbers.isEmpty()
                ? List.of()
                : Arrays.stream(numbers.split(",")).map(Integer::valueOf).toList();
        return new OnnxPlace(words[2], axes, words[0].equals("lengths"));
    }

    /** A value of the graph as one of the model. */
    Tensor toModel(Tensor given, int inModel, boolean isWhole) {
        if (given.shape().rank() != axes.size()) {
            throw new ShapeException("The graph's input '" + name + "' has " + axes.size() + " axes, got shape "
                    + given.shape());
        }
        int own = axes.stream().mapToInt(axis -> axis + 1).max().orElse(0);
        int rank = Math.max(own, inModel); // Where the graph has numbers without an axis of features, the model has one feature.
        long[] shape = new long[rank];
        int[] from = new int[rank];
        Arrays.fill(shape, 1);
        Arrays.fill(from, NONE);
        for (int axis = 0; axis < axes.size(); axis++) {
            if (axes.get(axis) != NONE) {
                shape[axes.get(axis)] = given.shape().dim(axis);
                from[axes.get(axis)] = axis;
            }
        }
        return moved(given, shape, from, isWhole);
    }

    /** A value of the model as one of the graph. */
    Tensor toGraph(Tensor made) {
        long[] shape = new long[axes.size()];
        int[] from = new int[axes.size()];
        for (int axis = 0; axis < shape.length; axis++) {
            from[axis] = axes.get(axis);
            shape[axis] = from[axis] == NONE ? 1 : made.shape().dim(from[axis]);
        }
        return moved(made, shape, from, made.type() == DataType.INT32);
    }

    /** @param from for each axis of the result that of the tensor */
    private static Tensor moved(Tensor tensor, long[] shape, int[] from, boolean isWhole) {
        Shape target = Shape.of(shape);
        if (tensor.shape().elements() != target.elements()) {
            throw new ShapeException("expected as many numbers as " + target + " has, got shape " + tensor.shape());
        }
        long[] strides = new long[tensor.shape().rank()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= tensor.shape().dim(axis);
        }
        float[] floats = tensor.type() == DataType.FLOAT32 ? tensor.toArray() : null;
        int[] ints = floats == null ? tensor.toIntArray() : null;
        float[] movedFloats = new float[isWhole ? 0 : Math.toIntExact(target.elements())];
        int[] movedInts = new int[isWhole ? Math.toIntExact(target.elements()) : 0];
        long[] index = new long[shape.length];
        for (int i = 0; i < target.elements(); i++) {
            long place = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                place += from[axis] == NONE ? 0 : index[axis] * strides[from[axis]];
            }
            if (isWhole) {
                movedInts[i] = floats == null ? ints[(int) place] : (int) floats[(int) place];
            } else {
                movedFloats[i] = floats == null ? ints[(int) place] : floats[(int) place];
            }
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return isWhole ? Tensor.ofInts(movedInts, shape) : Tensor.of(movedFloats, shape);
    }

    /** Lengths as masks: 1 as long as a sequence lasts. */
    Tensor masks(Tensor lengths, long time) {
        int samples = Math.toIntExact(lengths.shape().elements());
        int[] all = lengths.type() == DataType.INT32 ? lengths.toIntArray() : null;
        float[] floats = all == null ? lengths.toArray() : null;
        int[] counts = new int[Math.toIntExact(samples * time)];
        for (int sample = 0; sample < samples; sample++) {
            int length = all == null ? (int) floats[sample] : all[sample];
            if (length < 0 || length > time) {
                throw new IllegalArgumentException("The graph's input '" + name + "' says that sample " + sample
                        + " (counted from 0) has " + length + " steps, expected 0 to " + time);
            }
            Arrays.fill(counts, (int) (sample * time), (int) (sample * time) + length, 1);
        }
        return Tensor.ofInts(counts, samples, time);
    }
}
