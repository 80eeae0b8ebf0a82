package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers, or slices along an axis, that are there once or more, each once. */
final class Distinct {

    static final List<Operator> OPERATORS = List
            .of(Operator.of("Unique").slow().from(11).with("axis", "sorted").makesAll(Distinct::unique));

    private Distinct() {}

    /** Them, where each first stands, which of them stands at each place, and how often each is there. */
    private static List<NumberArray> unique(OperatorCall call) {
        NumberArray x = call.node().has("axis") ? call.input(0) : call.input(0).in(call.input(0).count());
        int axis = OperatorCall.axis(call.node().whole("axis", 0), x.rank());
        int size = x.size(axis);
        NumberArray rows = axis == 0 ? x : Movement.transposed(x, toFront(axis, x.rank()));
        int length = size == 0 ? 0 : x.count() / size;
        NumberOrder order = NumberOrder.of(rows);
        Comparator<Integer> bySlice = (a, b) -> {
            int over = 0;
            for (int i = 0; i < length && over == 0; i++) {
                over = order.compare(a * length + i, b * length + i);
            }
            return over;
        };
        Integer[] sorted = IntStream.range(0, size).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, bySlice);
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (i == 0 || bySlice.compare(sorted[i - 1], sorted[i]) != 0) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(sorted[i]);
        }
        if (call.node().whole("sorted", 1) == 0) {
            groups.sort(Comparator.comparing(List::getFirst));
        }
        long[] which = new long[size];
        for (int group = 0; group < groups.size(); group++) {
            for (int at : groups.get(group)) {
                which[at] = group;
            }
        }
        long[] firsts = groups.stream().mapToLong(List::getFirst).toArray();
        return List.of(Gathering.along(x, firsts, axis), NumberArray.longs(firsts), NumberArray.longs(which),
                NumberArray.longs(groups.stream().mapToLong(List::size).toArray()));
    }

    private static long[] toFront(int axis, int rank) {
        return IntStream.concat(IntStream.of(axis), IntStream.range(0, rank).filter(other -> other != axis))
                .asLongStream().toArray();
    }
}
