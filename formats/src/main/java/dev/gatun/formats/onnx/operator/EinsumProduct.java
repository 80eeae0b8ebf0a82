package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * An Einsum of two tensors that is a product of matrices: letters of both and the result count blocks, those of both alone are
 * summed, those of one stand in the result.
 *
 * @param inputs  two
 * @param letters of each
 * @param made    of the result
 * @param blocks  of both and the result
 * @param summed  of both
 * @param own     of the first one and the result, of the other one and the result
 */
record EinsumProduct(
        List<NumberArray> inputs, List<List<Integer>> letters, List<Integer> made, List<Integer> blocks,
        List<Integer> summed, List<List<Integer>> own) {

    /** @return null if it is none, and is to be summed number by number */
    static EinsumProduct of(List<List<Integer>> letters, List<Integer> made, List<NumberArray> inputs) {
        List<Integer> left = letters.getFirst();
        List<Integer> right = letters.getLast();
        List<Integer> blocks = left.stream().filter(letter -> right.contains(letter) && made.contains(letter)).toList();
        List<Integer> summed = left.stream().filter(letter -> right.contains(letter) && !made.contains(letter))
                .toList();
        List<List<Integer>> own = letters.stream().map(term -> term.stream()
                .filter(letter -> !blocks.contains(letter) && !summed.contains(letter)).toList()).toList();
        boolean isProduct = isEachOnce(left) && isEachOnce(right) && isEachOnce(made)
                && made.containsAll(own.getFirst()) && made.containsAll(own.getLast());
        for (int axis = 0; axis < left.size() && isProduct; axis++) {
            int other = right.indexOf(left.get(axis));
            isProduct = other < 0 || inputs.getFirst().size(axis) == inputs.getLast().size(other);
        }
        return isProduct ? new EinsumProduct(inputs, letters, made, blocks, summed, own) : null;
    }

    private static boolean isEachOnce(List<Integer> term) {
        return new HashSet<>(term).size() == term.size();
    }

    NumberArray multiplied() {
        NumberArray left = ordered(0, List.of(blocks, own.getFirst(), summed));
        NumberArray right = ordered(1, List.of(blocks, summed, own.getLast()));
        int count = Strides.product(left.shape(), 0, blocks.size());
        int rows = Strides.product(left.shape(), blocks.size(), blocks.size() + own.getFirst().size());
        int inner = Strides.product(right.shape(), blocks.size(), blocks.size() + summed.size());
        int columns = Strides.product(right.shape(), blocks.size() + summed.size(), right.rank());
        List<Integer> order = new ArrayList<>(blocks);
        order.addAll(own.getFirst());
        order.addAll(own.getLast());
        int[] shape = order.stream().mapToInt(this::size).toArray();
        Object product = Storage.of(left.type(), Storage.count(shape));
        MatrixProduct one = new MatrixProduct(rows, inner, columns);
        for (int block = 0; block < count; block++) {
            one.write(left.numbers(), block * rows * inner, right.numbers(), block * inner * columns, product,
                    block * rows * columns);
        }
        NumberArray whole = Storage.fitted(left.type(), shape, product);
        return Movement.transposed(whole, made.stream().mapToLong(order::indexOf).toArray());
    }

    private int size(int letter) {
        int first = letters.getFirst().indexOf(letter);
        return first >= 0 ? inputs.getFirst().size(first) : inputs.getLast().size(letters.getLast().indexOf(letter));
    }

    private NumberArray ordered(int input, List<List<Integer>> parts) {
        return Movement.transposed(inputs.get(input), parts.stream().flatMap(List::stream)
                .mapToLong(letter -> letters.get(input).indexOf(letter)).toArray());
    }
}
