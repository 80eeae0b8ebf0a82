package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A normalization: numbers of one box are divided by what they have in common, multiplied by {@code gamma} or {@code scale}, and
 * {@code beta} is added, where these are given.
 *
 * @param layer     its name
 * @param formula   what they are divided by
 * @param epsilon   added to what a root is taken of
 * @param box       of a number, by its index axis for axis
 * @param weight    the place of a number's gamma and beta, by its index
 * @param leavesOut whether numbers of masked steps take no part in what their box has in common
 */
public record RefNorm(
        String layer, Formula formula, double epsilon, ToIntFunction<int[]> box, ToIntFunction<int[]> weight,
        boolean leavesOut) implements RefGraph.Node {

    /** What the numbers of a box are divided by. */
    public enum Formula {
        /** The deviation, once the mean is subtracted. */
        CENTERED,
        /** The deviation. */
        SCALED,
        /** The root of the mean square. */
        ROOT_MEAN_SQUARE,
        /** The root of the sum of squares. */
        LENGTH,
        /** As centered, of a mean and a variance that are given, {@code moving_mean} and {@code moving_variance}. */
        MOVING
    }

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        RefTape tape = new RefTape();
        int[] read = tape.given(x.values());
        int[] gamma = weights(tape, given, given.containsKey(name("gamma")) ? "gamma" : "scale");
        int[] beta = weights(tape, given, "beta");
        Map<Integer, List<Integer>> boxes = new TreeMap<>();
        Map<Integer, List<Integer>> counted = new TreeMap<>();
        for (int i = 0; i < read.length; i++) {
            int[] index = index(i, x.shape());
            boxes.computeIfAbsent(box.applyAsInt(index), key -> new ArrayList<>()).add(i);
            if (!leavesOut || mask == null || mask[index[0]][index[1]]) {
                counted.computeIfAbsent(box.applyAsInt(index), key -> new ArrayList<>()).add(i);
            }
        }
        int[] y = new int[read.length];
        boxes.forEach((which, places) -> {
            int[] common = common(tape, given, which,
                    counted.getOrDefault(which, List.of()).stream().mapToInt(i -> read[i]).toArray());
            for (int i : places) {
                int at = weight.applyAsInt(index(i, x.shape()));
                int apart = formula == Formula.CENTERED || formula == Formula.MOVING
                        ? tape.minus(read[i], common[0])
                        : read[i];
                int normal = tape.times(apart, common[1]);
                int scaled = gamma == null ? normal : tape.times(normal, gamma[at]);
                y[i] = beta == null ? scaled : tape.plus(scaled, beta[at]);
            }
        });
        return new RefLayers.Simple(new RefTensor(x.shape(), tape.values(y)), mask, (gOutputs, gradients) -> {
            double[] all = new double[tape.size()];
            for (int i = 0; i < y.length; i++) {
                all[y[i]] += gOutputs.getFirst().values()[i];
            }
            tape.backward(all);
            give(all, gamma, given.containsKey(name("gamma")) ? "gamma" : "scale", given, gradients);
            give(all, beta, "beta", given, gradients);
            return List.of(new RefTensor(x.shape(), at(all, read)));
        });
    }

    /** Mean, and 1 over what is divided by. */
    private int[] common(RefTape tape, Map<String, RefTensor> given, int which, int[] numbers) {
        int tiny = tape.given(epsilon);
        if (formula == Formula.MOVING) {
            int variance = tape.given(given.get(name("moving_variance")).values()[which]);
            return new int[] {tape.given(given.get(name("moving_mean")).values()[which]),
                tape.inverseRoot(tape.plus(variance, tiny))};
        }
        if (numbers.length == 0) {
            return new int[] {tape.given(0), tape.inverseRoot(tiny)};
        }
        int share = tape.given(1.0 / numbers.length);
        int mean = tape.given(0);
        if (formula == Formula.CENTERED || formula == Formula.SCALED) {
            mean = tape.times(sum(tape, numbers), share);
        }
        int center = mean;
        int[] squares = Arrays.stream(numbers).map(number -> tape.minus(number, center))
                .map(apart -> tape.times(apart, apart)).toArray();
        int sum = sum(tape, squares);
        return new int[] {mean,
            tape.inverseRoot(formula == Formula.LENGTH ? sum : tape.plus(tape.times(sum, share), tiny))};
    }

    private static int sum(RefTape tape, int[] numbers) {
        int sum = tape.given(0);
        for (int number : numbers) {
            sum = tape.plus(sum, number);
        }
        return sum;
    }

    private String name(String which) {
        return "w/" + layer + "/" + which;
    }

    private int[] weights(RefTape tape, Map<String, RefTensor> given, String which) {
        return given.containsKey(name(which)) ? tape.given(given.get(name(which)).values()) : null;
    }

    private void give(double[] all, int[] places, String which, Map<String, RefTensor> given, RefGraph.Gradients to) {
        if (places != null) {
            to.add(name(which), new RefTensor(given.get(name(which)).shape(), at(all, places)));
        }
    }

    private static double[] at(double[] all, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> all[place]).toArray();
    }

    private static int[] index(int flat, int[] shape) {
        int[] index = new int[shape.length];
        int rest = flat;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }
}
