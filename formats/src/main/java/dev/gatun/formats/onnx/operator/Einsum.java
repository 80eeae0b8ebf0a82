package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Products summed over the letters that the result does not have: {@code bij,bjk->bik}. */
final class Einsum {

    static final List<Operator> OPERATORS = List.of(Operator.of("Einsum").slow().from(12).anyInputs().with("equation")
            .makes(call -> new Einsum(call.node().text("equation", ""), call.inputs()).sum()));

    /** Axes that an ellipsis stands for, counted from the last, have these letters. */
    private static final int OF_ELLIPSIS = 0x100;

    private final List<NumberArray> inputs;
    private final List<List<Integer>> letters = new ArrayList<>();
    private final List<Integer> made = new ArrayList<>();
    private final Map<Integer, Integer> sizes = new LinkedHashMap<>();
    private final String equation;

    private Einsum(String equation, List<NumberArray> inputs) {
        this.equation = equation.replace(" ", "");
        this.inputs = inputs;
        String[] sides = this.equation.split("->", -1);
        String[] terms = sides[0].split(",", -1);
        if (sides.length > 2 || terms.length != inputs.size()) {
            throw unsound("expected a term for each of " + inputs.size() + " inputs");
        }
        int most = 0;
        for (int i = 0; i < terms.length; i++) {
            List<Integer> term = letters(terms[i], inputs.get(i).rank());
            letters.add(term);
            if (term.size() != inputs.get(i).rank()) {
                throw unsound("expected a letter for each axis of " + inputs.get(i));
            }
            for (int axis = 0; axis < term.size(); axis++) {
                int size = inputs.get(i).size(axis);
                most = Math.max(most, term.get(axis) - OF_ELLIPSIS + 1);
                int known = sizes.merge(term.get(axis), size, (a, b) -> a == 1 && b > 0 ? b : a);
                if (known != size && (size != 1 || term.get(axis) < OF_ELLIPSIS)) {
                    throw unsound("the sizes " + known + " and " + size + " of one letter differ");
                }
            }
        }
        made.addAll(sides.length == 2 ? letters(sides[1], sides[1].length() - 3 + Math.max(0, most)) : implied());
        if (!sizes.keySet().containsAll(made)) {
            throw unsound("expected only letters of the inputs behind the arrow");
        }
    }

    private IllegalArgumentException unsound(String why) {
        return new IllegalArgumentException("its equation '" + equation + "' does not fit: " + why);
    }

    private List<Integer> letters(String term, int rank) {
        List<Integer> found = new ArrayList<>();
        int at = term.indexOf("...");
        String plain = at < 0 ? term : term.substring(0, at) + term.substring(at + 3);
        if (!plain.chars().allMatch(Character::isLetter)) {
            throw unsound("expected letters");
        }
        plain.chars().forEach(found::add);
        int more = rank - plain.length();
        for (int back = 0; at >= 0 && back < more; back++) {
            found.add(at, OF_ELLIPSIS + back);
        }
        return found;
    }

    /** Without an arrow: what the ellipsis stands for, then letters that stand there once, in the alphabet's order. */
    private List<Integer> implied() {
        Map<Integer, Integer> counts = new TreeMap<>();
        letters.forEach(term -> term.forEach(letter -> counts.merge(letter, 1, Integer::sum)));
        List<Integer> implied = new ArrayList<>();
        counts.keySet().stream().filter(letter -> letter >= OF_ELLIPSIS).forEach(letter -> implied.add(0, letter));
        counts.forEach((letter, count) -> {
            if (letter < OF_ELLIPSIS && count == 1) {
                implied.add(letter);
            }
        });
        return implied;
    }

    private NumberArray sum() {
        inputs.forEach(input -> Storage.requireSameType(inputs.getFirst(), input));
        EinsumProduct product = inputs.size() == 2 ? EinsumProduct.of(letters, made, inputs) : null;
        if (product != null) {
            return product.multiplied();
        }
        List<Integer> all = new ArrayList<>(made);
        sizes.keySet().stream().filter(letter -> !made.contains(letter)).forEach(all::add);
        int[] whole = all.stream().mapToInt(sizes::get).toArray();
        int[] shape = made.stream().mapToInt(sizes::get).toArray();
        int[] strides = Strides.of(shape);
        int summed = Strides.product(whole, shape.length, whole.length);
        double[] sums = new double[Storage.count(shape)];
        List<int[]> ofInputs = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            ofInputs.add(strides(i, all));
        }
        int[] at = new int[whole.length];
        for (int i = 0; i < sums.length; i++) {
            Interruption.check();
            for (int axis = 0; axis < shape.length; axis++) {
                at[axis] = i / strides[axis] % shape[axis];
            }
            for (int step = 0; step < summed; step++) {
                sums[i] += product(at, ofInputs);
                if ((step & 0xFFFFF) == 0) {
                    Interruption.check();
                }
                next(at, whole, shape.length);
            }
        }
        return Storage.rounded(inputs.getFirst().type(), shape, sums);
    }

    private double product(int[] at, List<int[]> ofInputs) {
        double product = 1;
        for (int input = 0; input < ofInputs.size(); input++) {
            int index = 0;
            for (int axis = 0; axis < at.length; axis++) {
                index += at[axis] * ofInputs.get(input)[axis];
            }
            product *= inputs.get(input).number(index);
        }
        return product;
    }

    private static void next(int[] at, int[] whole, int from) {
        for (int axis = whole.length - 1; axis >= from; axis--) {
            if (++at[axis] < whole[axis]) {
                return;
            }
            at[axis] = 0;
        }
    }

    /** A letter that stands twice in a term goes along the diagonal. */
    private int[] strides(int input, List<Integer> all) {
        int[] own = Strides.of(inputs.get(input).shape());
        int[] strides = new int[all.size()];
        for (int axis = 0; axis < own.length; axis++) {
            int letter = all.indexOf(letters.get(input).get(axis));
            strides[letter] += inputs.get(input).size(axis) == 1 ? 0 : own[axis];
        }
        return strides;
    }
}
