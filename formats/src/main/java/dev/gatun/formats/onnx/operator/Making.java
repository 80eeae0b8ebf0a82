package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.ElementTypes;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Operators that make numbers of none: constants, sizes, ranges, where something stands. */
final class Making {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Constant").inputs(0).with("value", "value_float", "value_floats", "value_int", "value_ints")
                    .makes(call -> constant(call.node())),
            Operator.of("ConstantOfShape").from(9).with("value").makes(Making::filled),
            Operator.of("Range").from(11).inputs(3).makes(Making::range),
            Operator.of("Shape").to(14).makes(call -> shape(call.input(0), 0, Long.MAX_VALUE)),
            Operator.of("Shape").from(15).with("start", "end").makes(call -> shape(call.input(0),
                    call.node().whole("start", 0), call.node().whole("end", Long.MAX_VALUE))),
            Operator.of("Size").makes(call -> NumberArray.longs(NumberType.INT64, new int[0], call.input(0).count())),
            Operator.of("EyeLike").from(9).with("dtype", "k").makes(Making::eye),
            Operator.of("OneHot").from(9).inputs(3).with("axis").makes(Making::oneHot),
            Operator.of("NonZero").from(9).makes(call -> nonZero(call.input(0))));

    private Making() {}

    private static NumberArray constant(ParsedNode node) {
        if (node.attributes().size() != 1) {
            throw new IllegalArgumentException(
                    "it has " + node.attributes().size() + " attributes, expected one value");
        }
        List<Float> reals = node.reals("value_floats");
        float[] floats = new float[reals.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = reals.get(i);
        }
        return switch (node.attributes().keySet().iterator().next()) {
            case "value" -> node.numbers("value");
            case "value_float" -> NumberArray.floats(new int[0], node.real("value_float", 0));
            case "value_floats" -> NumberArray.floats(new int[] {floats.length}, floats);
            case "value_int" -> NumberArray.longs(NumberType.INT64, new int[0], node.whole("value_int", 0));
            default -> NumberArray.longs(node.wholes("value_ints"));
        };
    }

    private static NumberArray filled(OperatorCall call) {
        int[] shape = Reshaping.sizes(call.longs(0));
        NumberArray value = call.node().numbers("value");
        if (value != null && value.count() != 1) {
            throw new IllegalArgumentException("its value is " + value + ", expected a single number");
        }
        int count = Storage.count(shape);
        return value == null
                ? NumberArray.floats(shape, new float[count])
                : Storage.picked(value, shape, new int[count]);
    }

    private static NumberArray range(OperatorCall call) {
        NumberArray start = call.input(0);
        for (int i = 0; i < 3; i++) {
            Storage.requireSameType(start, call.input(i));
            if (call.input(i).count() != 1) {
                throw new IllegalArgumentException("its input " + i + " is " + call.input(i)
                        + ", expected a single number");
            }
        }
        double step = call.input(2).number(0);
        double length = Math.ceil((call.input(1).number(0) - start.number(0)) / step);
        int[] shape = Reshaping.sizes(step == 0 ? -1 : (long) Math.max(0, length));
        int count = Storage.count(shape);
        if (start.type().isWhole()) {
            long first = start.longs()[0];
            long by = call.input(2).longs()[0];
            return NumberArray.longs(start.type(), shape,
                    LongStream.range(0, count).map(i -> first + i * by).toArray());
        }
        double[] made = new double[count];
        Arrays.setAll(made, i -> start.number(0) + i * step);
        return Storage.rounded(start.type(), shape, made);
    }

    private static NumberArray shape(NumberArray array, long start, long end) {
        int rank = array.rank();
        int from = (int) Math.clamp(start < 0 ? start + rank : start, 0L, rank);
        int to = (int) Math.clamp(end < 0 ? end + rank : end, from, (long) Math.max(from, rank));
        return NumberArray.longs(Arrays.stream(array.shape(), from, to).asLongStream().toArray());
    }

    private static NumberArray eye(OperatorCall call) {
        NumberArray like = call.input(0);
        if (like.rank() != 2) {
            throw new IllegalArgumentException("its input is " + like + ", expected a matrix");
        }
        NumberType type = call.node().has("dtype")
                ? ElementTypes.of(call.node().whole("dtype", 0), "what it makes")
                : like.type();
        long diagonal = call.node().whole("k", 0);
        double[] made = new double[Storage.count(like.shape())];
        for (int i = 0; i < made.length; i++) {
            made[i] = i % like.size(1) - (long) (i / like.size(1)) == diagonal ? 1 : 0;
        }
        return Storage.rounded(type, like.shape(), made);
    }

    private static NumberArray oneHot(OperatorCall call) {
        NumberArray indices = call.input(0);
        NumberArray values = call.input(2);
        if (call.input(1).count() != 1 || values.count() != 2) {
            throw new IllegalArgumentException("its depth is " + call.input(1) + " and its values are " + values
                    + ", expected one number and two");
        }
        int depth = Reshaping.sizes((long) call.input(1).number(0))[0];
        int axis = OperatorCall.axis(call.node().whole("axis", -1), indices.rank() + 1);
        int[] shape = Reshaping.unsqueezed(indices, axis).shape();
        shape[axis] = depth;
        int[] from = new int[Storage.count(shape)];
        int inner = Strides.product(shape, axis + 1, shape.length);
        for (int i = 0; i < from.length; i++) {
            long wanted = (long) indices.number(i / (inner * depth) * inner + i % inner);
            from[i] = (wanted < 0 ? wanted + depth : wanted) == i / inner % depth ? 1 : 0;
        }
        return Storage.picked(values, shape, from);
    }

    private static NumberArray nonZero(NumberArray array) {
        int[] found = new int[array.count()];
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            if (array.number(i) != 0) {
                found[count++] = i;
            }
        }
        int[] strides = Strides.of(array.shape());
        long[] made = new long[Storage.count(Math.max(1, array.rank()), count)];
        for (int axis = 0; axis < array.rank(); axis++) {
            for (int i = 0; i < count; i++) {
                made[axis * count + i] = found[i] / strides[axis] % array.size(axis);
            }
        }
        return NumberArray.longs(NumberType.INT64, new int[] {Math.max(1, array.rank()), count}, made);
    }
}
