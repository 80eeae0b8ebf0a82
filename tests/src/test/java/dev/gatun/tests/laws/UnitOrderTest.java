package dev.gatun.tests.laws;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Units in another order, with their weights, give the same numbers in that order. Not always to the bit: an LSTM's
 * pre-activation is a chain of fma over the units before it, and the permutation changes the order of that chain, so that
 * each sum is rounded elsewhere. Where every sum has one term that is not zero there is nothing to round, and the bits are
 * the same; otherwise the difference is within what the two roundings can make of it.
 */
class UnitOrderTest {

    private static final int BATCH = 3;
    private static final int TIME = 6;
    private static final int INPUTS = 5;
    /** Half a unit in the last place, relative. */
    private static final double ROUNDING = 0x1p-24;
    private static final float LARGEST_INPUT = 1.5f;
    private static final float LARGEST_WEIGHT = 0.4f;

    @Property
    void oneUnitFeedsEachGate(
            @ForAll @IntRange(min = 1, max = 130) int units, @ForAll @IntRange(max = 99) int seed) {
        float[] recurrent = new float[units * 4 * units];
        int[] feeds = Rearranged.order(4 * units, seed);
        float[] sizes = EnginePass.uniform(4 * units, 2, seed);
        for (int column = 0; column < 4 * units; column++) {
            recurrent[feeds[column] % units * 4 * units + column] = sizes[column];
        }
        try (Model straight = model(units); Model permuted = model(units)) {
            float[][] y = outputs(straight, permuted, units, recurrent, seed);
            Bits.same(y[1], y[0], units + " units");
        }
    }

    /**
     * The recurrent weights of a gate sum up to at most 1/2, so that a difference in h fades: with e the largest difference
     * of h before a step, z differs by at most d = e/2 + 2 n ROUNDING (largest |z| terms together), n terms per chain. A
     * gate then differs by d/4, the candidate by d (both within 2.5 ulp of the function: 5 ROUNDING each), c by
     * forget e' + (|c| + 1) d/4 + d, and h by d/4 + that. forget is at most sigmoid of the largest z.
     */
    @Property
    void everyUnitFeedsEveryGate(
            @ForAll @IntRange(min = 1, max = 130) int units, @ForAll @IntRange(max = 99) int seed) {
        float[] recurrent = EnginePass.uniform(units * 4 * units, 0.5f / units, seed);
        double terms = LARGEST_WEIGHT * (1 + INPUTS * LARGEST_INPUT) + 0.5;
        double forget = 1 / (1 + Math.exp(-terms));
        double h = 0;
        double c = 0;
        double largestC = 0;
        for (int t = 0; t < TIME; t++) {
            double z = h / 2 + 2 * (INPUTS + units + 1) * ROUNDING * terms;
            double gate = z / 4 + 5 * ROUNDING;
            double candidate = z + 5 * ROUNDING;
            c = forget * c + largestC * gate + gate + candidate;
            largestC = forget * largestC + 1;
            c += 4 * ROUNDING * largestC;
            h = gate + c + 7 * ROUNDING;
        }
        try (Model straight = model(units); Model permuted = model(units)) {
            float[][] y = outputs(straight, permuted, units, recurrent, seed);
            for (int i = 0; i < y[0].length; i++) {
                if (!(Math.abs(y[0][i] - y[1][i]) <= h)) {
                    throw new AssertionError("number %d: %s and %s, allowed is %.2g".formatted(i, y[0][i], y[1][i], h));
                }
            }
        }
    }

    /** Columns of a Dense layer are sums of their own: bits. */
    @Property
    void denseUnits(@ForAll @IntRange(min = 1, max = 130) int units, @ForAll @IntRange(max = 99) int seed) {
        int[] order = Rearranged.order(units, seed);
        try (Model straight = Sequential.of(Input.shape(INPUTS), Dense.units(units).activation("tanh"));
                Model permuted = Sequential.of(Input.shape(INPUTS), Dense.units(units).activation("tanh"))) {
            for (Weight weight : straight.weights()) {
                float[] values = EnginePass.uniform((int) weight.shape().elements(), 1, seed);
                set(straight, weight.name(), values);
                set(permuted, weight.name(), Rearranged.columns(values, order, 1));
            }
            Tensor x = Tensor.of(EnginePass.uniform(BATCH * INPUTS, 1, seed + 1), BATCH, INPUTS);
            Bits.same(permuted.predict(x).toArray(), Rearranged.columns(straight.predict(x).toArray(), order, 1),
                    units + " units");
        }
    }

    private static Model model(int units) {
        return Sequential.of(Input.sequence(INPUTS), Lstm.units(units).returnSequences().named("lstm"));
    }

    /** The straight outputs in the permutation's order, and the permuted ones. */
    private static float[][] outputs(Model straight, Model permuted, int units, float[] recurrent, long seed) {
        int[] order = Rearranged.order(units, seed + 1);
        float[] kernel = EnginePass.uniform(INPUTS * 4 * units, LARGEST_WEIGHT, seed + 2);
        float[] bias = EnginePass.uniform(4 * units, LARGEST_WEIGHT, seed + 3);
        set(straight, "lstm/kernel", kernel);
        set(straight, "lstm/recurrent_kernel", recurrent);
        set(straight, "lstm/bias", bias);
        set(permuted, "lstm/kernel", Rearranged.columns(kernel, order, 4));
        set(permuted, "lstm/recurrent_kernel",
                Rearranged.rows(Rearranged.columns(recurrent, order, 4), order));
        set(permuted, "lstm/bias", Rearranged.columns(bias, order, 4));
        Tensor x = Tensor.of(EnginePass.uniform(BATCH * TIME * INPUTS, LARGEST_INPUT, seed + 4), BATCH, TIME, INPUTS);
        float[] first = straight.predict(x).toArray();
        float[] second = permuted.predict(x).toArray();
        if (units > 1 && Arrays.equals(first, second) && !isIdentity(order)) {
            throw new AssertionError("the permutation changed nothing: the law would hold of anything");
        }
        return new float[][] {Rearranged.columns(first, order, 1), second};
    }

    private static boolean isIdentity(int[] order) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i) {
                return false;
            }
        }
        return true;
    }

    private static void set(Model model, String weight, float[] values) {
        model.weight(weight).set(Tensor.of(values, model.weight(weight).shape().toArray()));
    }
}
