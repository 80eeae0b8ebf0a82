package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that take what numbers say where. */
final class Gathering {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Gather").inputs(2).with("axis").makes(Gathering::gathered),
            Operator.of("GatherElements").from(11).inputs(2).with("axis").makes(Gathering::elements),
            Operator.of("GatherND").from(11).inputs(2).with("batch_dims").makes(Gathering::tuples),
            Operator.of("Compress").from(9).inputs(2).with("axis").makes(Gathering::compressed));

    private Gathering() {}

    /** Counted from the end if below zero. */
    static int index(long given, int size) {
        if (given < -size || given >= size) {
            throw new IllegalArgumentException("its index " + given + " is not from " + -size + " to " + (size - 1));
        }
        return (int) (given < 0 ? given + size : given);
    }

    private static NumberArray gathered(OperatorCall call) {
        NumberArray data = call.input(0);
        return along(data, call.longs(1), OperatorCall.axis(call.node().whole("axis", 0), data.rank()),
                call.input(1).shape());
    }

    /** Slices along an axis. */
    static NumberArray along(NumberArray data, long[] wanted, int axis) {
        return along(data, wanted, axis, new int[] {wanted.length});
    }

    private static NumberArray along(NumberArray data, long[] wanted, int axis, int[] indices) {
        int inner = Strides.product(data.shape(), axis + 1, data.rank());
        int outer = Strides.product(data.shape(), 0, axis);
        int[] shape = IntStream.of(Arrays.copyOf(data.shape(), axis)).toArray();
        shape = joined(shape, indices, Arrays.copyOfRange(data.shape(), axis + 1, data.rank()));
        int size = data.size(axis);
        Object made = Storage.of(data.type(), Storage.count(shape));
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < wanted.length; i++) {
                System.arraycopy(data.numbers(), (o * size + index(wanted[i], size)) * inner, made,
                        (o * wanted.length + i) * inner, inner);
            }
        }
        return Storage.value(data.type(), shape, made);
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    /** Of each place of the indices, the number of the data that stands there but along the axis. */
    static int[] places(NumberArray data, NumberArray indices, long givenAxis) {
        int axis = OperatorCall.axis(givenAxis, data.rank());
        if (indices.rank() != data.rank() || !indices.type().isWhole()) {
            throw new IllegalArgumentException("its indices are " + indices + ", expected whole numbers with as many"
                    + " axes as " + data);
        }
        for (int other = 0; other < data.rank(); other++) {
            if (other != axis && indices.size(other) > data.size(other)) {
                throw new IllegalArgumentException("its indices are " + indices + ", expected none beyond " + data);
            }
        }
        int[] strides = Strides.of(data.shape());
        int along = strides[axis];
        strides[axis] = 0;
        int[] places = Strides.indices(indices.shape(), 0, strides);
        for (int i = 0; i < places.length; i++) {
            places[i] += index(indices.longs()[i], data.size(axis)) * along;
        }
        return places;
    }

    private static NumberArray elements(OperatorCall call) {
        return Storage.picked(call.input(0), call.input(1).shape(),
                places(call.input(0), call.input(1), call.node().whole("axis", 0)));
    }

    /**
     * Where the parts begin that rows of indices name.
     *
     * @param batch how many leading axes the data and the indices share
     */
    static int[] starts(NumberArray data, NumberArray indices, int batch) {
        int last = indices.rank() - 1;
        int depth = indices.rank() == 0 ? 0 : indices.size(last);
        if (indices.rank() == 0 || !indices.type().isWhole() || batch < 0 || batch > last
                || depth + batch > data.rank()
                || !Arrays.equals(data.shape(), 0, batch, indices.shape(), 0, batch)) {
            throw new IllegalArgumentException("its indices are " + indices + " and its data " + data
                    + ", expected rows of indices of leading axes of the data");
        }
        int[] strides = Strides.of(data.shape());
        int rows = Strides.product(indices.shape(), 0, last);
        int shared = Strides.product(data.shape(), 0, batch);
        int inBatch = Strides.product(data.shape(), batch, data.rank());
        int[] starts = new int[rows];
        for (int row = 0; row < rows; row++) {
            starts[row] = row / Math.max(1, rows / Math.max(1, shared)) * inBatch;
            for (int i = 0; i < depth; i++) {
                starts[row] += index(indices.longs()[row * depth + i], data.size(batch + i)) * strides[batch + i];
            }
        }
        return starts;
    }

    private static NumberArray tuples(OperatorCall call) {
        NumberArray data = call.input(0);
        NumberArray indices = call.input(1);
        int batch = (int) Math.clamp(call.node().whole("batch_dims", 0), -1L, 64L);
        int[] starts = starts(data, indices, batch);
        int last = indices.rank() - 1;
        int[] rest = Arrays.copyOfRange(data.shape(), batch + indices.size(last), data.rank());
        int length = Strides.product(rest, 0, rest.length);
        int[] shape = joined(Arrays.copyOf(indices.shape(), last), rest);
        Object made = Storage.of(data.type(), Storage.count(shape));
        for (int row = 0; row < starts.length; row++) {
            System.arraycopy(data.numbers(), starts[row], made, row * length, length);
        }
        return Storage.value(data.type(), shape, made);
    }

    private static NumberArray compressed(OperatorCall call) {
        NumberArray data = call.input(0);
        NumberArray along = call.node().has("axis") ? data : data.in(data.count());
        int axis = OperatorCall.axis(call.node().whole("axis", 0), along.rank());
        boolean[] keeps = call.input(1).booleans();
        if (keeps.length > along.size(axis)) {
            throw new IllegalArgumentException("it chooses by " + keeps.length + " booleans along axis " + axis + " of "
                    + data);
        }
        List<NumberArray> parts = IntStream.range(0, keeps.length).filter(i -> keeps[i])
                .mapToObj(i -> Joining.part(along, axis, i, 1)).toList();
        return parts.isEmpty() ? Joining.part(along, axis, 0, 0) : Joining.joined(parts, axis);
    }
}
