package dev.gatun.tests.train;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A small problem: 50 noisy waves of 6 steps with 2 features, the next value is asked for. */
final class Toy {

    static final int SAMPLES = 50;
    static final int TIME = 6;
    static final Tensor X = x(1);
    static final Tensor Y = y();

    private Toy() {}

    private static Tensor x(long seed) {
        Random random = new Random(seed);
        Tensor x = Tensor.zeros(SAMPLES, TIME, 2);
        for (int n = 0; n < SAMPLES; n++) {
            for (int t = 0; t < TIME; t++) {
                x.set((float) Math.sin(0.3 * n + 0.5 * t), n, t, 0);
                x.set((float) random.nextGaussian() * 0.1f, n, t, 1);
            }
        }
        return x;
    }

    private static Tensor y() {
        Tensor y = Tensor.zeros(SAMPLES, 1);
        for (int n = 0; n < SAMPLES; n++) {
            y.set((float) Math.sin(0.3 * n + 0.5 * TIME), n, 0);
        }
        return y;
    }

    /** Two LSTM layers with dropout between them, one number out. */
    static Model model() {
        Model model = Sequential.of(Input.shape(TIME, 2), Lstm.units(9).returnSequences(true), Dropout.rate(0.2f),
                Lstm.units(7), Dense.units(1));
        model.initialize(5);
        return model;
    }

    /** The same without dropout. */
    static Model plainModel() {
        Model model = Sequential.of(Input.shape(TIME, 2), Lstm.units(9).returnSequences(true), Lstm.units(7),
                Dense.units(1));
        model.initialize(5);
        return model;
    }

    /** All weights as bits, paddings included. */
    static int[] bits(Model model) {
        return bits(model.network().parameters());
    }

    static int[] bits(ParameterBlock block) {
        return block.segment().asSlice(0, block.bytes()).toArray(JAVA_INT);
    }

    /** Weights, and what the last training has left of moments. */
    static int[][] everything(Model model) {
        List<ParameterBlock> slots = model.trainingState().map(TrainingState::slots).orElse(List.of());
        int[][] bits = new int[1 + slots.size()][];
        bits[0] = bits(model);
        for (int i = 0; i < slots.size(); i++) {
            bits[i + 1] = bits(slots.get(i));
        }
        return bits;
    }

    static void requireSameBits(int[] expected, int[] got, String what) {
        int at = Arrays.mismatch(expected, got);
        if (at >= 0) {
            throw new AssertionError(what + ": first difference at element " + at + " of " + expected.length + ": "
                    + Float.intBitsToFloat(expected[at]) + " and " + Float.intBitsToFloat(got[at]));
        }
    }
}
