package dev.gatun.formats.onnx.folding;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.operator.Operator;
import dev.gatun.formats.onnx.operator.OperatorCall;
import dev.gatun.formats.onnx.operator.Operators;
import java.util.Arrays;
import java.util.List;

/** What is computed of numbers alone, as a graph that runs computes it. */
public final class Folding {

    private static final int MOST_MADE = 1 << 22;

    private Folding() {}

    /**
     * What a node makes of numbers.
     *
     * @param inputs null where one is left out
     * @throws IllegalArgumentException if they do not fit
     */
    public static List<NumberArray> computed(ParsedNode node, int opset, List<NumberArray> inputs) {
        Operator operator = Operators.of(node, opset);
        return operator.kernel().run(new OperatorCall(node, opset, inputs, body -> {
            throw new IllegalArgumentException("has a graph within it");
        }));
    }

    /**
     * As {@link #computed}, of any node.
     *
     * @throws IllegalArgumentException if numbers do not fit, or it could take long: a small file can ask for any work
     */
    public static List<NumberArray> quickly(ParsedNode node, int opset, List<NumberArray> inputs) {
        if (!Operators.of(node, opset).isQuick()) {
            throw new IllegalArgumentException("it may take long, and is not done while a file is read");
        }
        return computed(node, opset, inputs);
    }

    /** As {@link #computed}, of a node that makes one value of as many numbers as its inputs meet in. */
    public static NumberArray met(ParsedNode node, int opset, List<NumberArray> inputs) {
        int[] shape = new int[0];
        for (NumberArray input : inputs) {
            shape = Moves.both(shape, input.shape());
        }
        requireModest(shape);
        return computed(node, opset, inputs).getFirst();
    }

    /** Numbers repeated to a shape. */
    public static NumberArray repeated(NumberArray array, int... shape) {
        requireModest(shape);
        return Moves.repeated(array, Moves.both(array.shape(), shape));
    }

    private static void requireModest(int... shape) {
        if (NumberArray.count(shape) > MOST_MADE) {
            throw new IllegalArgumentException(
                    "makes numbers of shape " + Arrays.toString(shape) + " out of few, more than "
                            + MOST_MADE);
        }
    }

    /** The sizes that a reshape makes: 0 for that of the same axis, -1 for the rest. */
    public static int[] shape(NumberArray array, long[] target, boolean zeroIsNone) {
        int[] shape = new int[target.length];
        int rest = -1;
        long known = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            if (target[axis] == -1) {
                rest = axis;
                continue;
            }
            shape[axis] = target[axis] == 0 && !zeroIsNone && axis < array.rank()
                    ? array.size(axis)
                    : Math.toIntExact(target[axis]);
            known = Math.multiplyExact(known, (long) shape[axis]);
        }
        if (rest >= 0) {
            shape[rest] = known == 0 ? 0 : Math.toIntExact(array.count() / known);
        }
        return shape;
    }
}
