package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a recurrent node says of itself.
 *
 * @param units        of a direction
 * @param directions   true for those that go backwards
 * @param isBatchFirst the layout 1
 * @param clip         what sums before activations are cut to, or infinite
 */
record RecurrentShape(int units, List<Boolean> directions, boolean isBatchFirst, double clip) {

    private static final int W = 1;
    private static final int R = 2;
    private static final int B = 3;
    private static final int LENGTHS = 4;
    private static final int INITIAL_H = 5;
    private static final int INITIAL_C = 6;
    private static final int P = 7;

    /**
     * @param inputs those that are known; null for others
     * @throws IllegalArgumentException if attributes or inputs do not fit each other
     */
    static RecurrentShape of(ParsedNode node, int gates, IntFunction<NumberArray> inputs) {
        List<Boolean> directions = switch (node.text("direction", "forward")) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            case String other -> throw new IllegalArgumentException("its direction is '" + other
                    + "', expected forward, reverse or bidirectional");
        };
        NumberArray r = inputs.apply(R);
        long units = node.whole("hidden_size", r == null || r.rank() != 3 ? 0 : r.size(2));
        if (node.has("hidden_size") && (units < 1 || units > 1 << 20) || r != null && units < 1) {
            throw new IllegalArgumentException("its hidden_size is " + units + ", expected a number of units");
        }
        long layout = node.whole("layout", 0);
        float clip = node.real("clip", Float.POSITIVE_INFINITY);
        if (layout != 0 && layout != 1 || !(clip > 0)) {
            throw new IllegalArgumentException("its layout is " + layout + " and its clip " + clip
                    + ", expected 0 or 1 and a number above 0");
        }
        RecurrentShape shape = new RecurrentShape((int) units, directions, layout == 1, clip);
        if (units > 0) {
            shape.check(gates, inputs);
        }
        return shape;
    }

    /** What a sum is before an activation. */
    double clipped(double sum) {
        return Math.max(-clip, Math.min(clip, sum));
    }

    /** Whether the sums of some gates of a sample have gone through a function at once; else each number has to. */
    boolean areActivated(GateSums sums, int sample, int firstGate, int endGate, GateFunction function) {
        return isPlain(function) && sums.activate(sample, firstGate, endGate, function.formula());
    }

    /** A function of a number for each unit, in place. */
    void activate(GateSums sums, double[] numbers, GateFunction function) {
        if (!isPlain(function) || !sums.activate(numbers, function.formula())) {
            for (int unit = 0; unit < numbers.length; unit++) {
                numbers[unit] = function.of(clipped(numbers[unit]));
            }
        }
    }

    private boolean isPlain(GateFunction function) {
        return function.formula() != null && Double.isInfinite(clip);
    }

    /** All states of h are multiplied next. */
    void operands(GateSums sums, double[][] h) {
        for (int sample = 0; sample < h.length; sample++) {
            sums.operands(sample, h[sample]);
        }
    }

    private void check(int gates, IntFunction<NumberArray> inputs) {
        int count = directions.size();
        NumberArray x = inputs.apply(0);
        NumberArray w = inputs.apply(W);
        int features = x != null && x.rank() == 3 ? x.size(2) : w != null && w.rank() == 3 ? w.size(2) : -1;
        int batch = x == null || x.rank() != 3 ? -1 : x.size(isBatchFirst ? 0 : 1);
        require("X", x, -1, -1, features);
        require("W", w, count, gates * units, features);
        require("R", inputs.apply(R), count, gates * units, units);
        require("B", inputs.apply(B), count, 2 * gates * units);
        require("sequence_lens", inputs.apply(LENGTHS), batch);
        requireState("initial_h", inputs.apply(INITIAL_H), batch);
        if (gates == OnnxLstmCell.GATES) {
            requireState("initial_c", inputs.apply(INITIAL_C), batch);
            require("P", inputs.apply(P), count, 3 * units);
        }
    }

    private void requireState(String name, NumberArray state, int batch) {
        if (isBatchFirst) {
            require(name, state, batch, directions.size(), units);
        } else {
            require(name, state, directions.size(), batch, units);
        }
    }

    /** @param sizes below zero for those that are not known */
    private static void require(String name, NumberArray array, int... sizes) {
        boolean fits = array == null || array.rank() == sizes.length;
        for (int axis = 0; array != null && fits && axis < sizes.length; axis++) {
            fits = sizes[axis] < 0 || sizes[axis] == array.size(axis);
        }
        if (!fits) {
            throw new IllegalArgumentException("its " + name + " is " + array + ", expected the shape "
                    + Arrays.toString(sizes).replace("-1", "any"));
        }
    }
}
