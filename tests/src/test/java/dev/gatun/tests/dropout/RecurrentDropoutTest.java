package dev.gatun.tests.dropout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.PlannedCall;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.type.recurrent.GivenDrops;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Recurrent dropout: masks for each gate, the same at every step, drawn from a counter. */
class RecurrentDropoutTest {

    private static final double CLOSE = 1e-4;

    private static RecurrentLayer<?> layer(int kind, int units) {
        return switch (kind) {
            case 0 -> Lstm.units(units);
            case 1 -> Gru.units(units);
            case 2 -> Gru.units(units).resetAfter(false);
            default -> SimpleRnn.units(units);
        };
    }

    private static int gates(int kind) {
        return kind == 0 ? 4 : kind == 3 ? 1 : 3;
    }

    private static RecurrentLayer<?> dropped(RecurrentLayer<?> layer, double input, double state) {
        return ((RecurrentLayer<?>) layer.dropout(input)).recurrentDropout(state);
    }

    /** A model of two such layers, one above the other, with the weights of another. */
    private static Model model(RecurrentLayer<?> first, RecurrentLayer<?> second, int inputs, boolean masked) {
        List<Layer> layers = new ArrayList<>(List.of(Input.shape(-1, inputs)));
        if (masked) {
            layers.add(Masking.value(0));
        }
        layers.add(first.returnSequences(true).named("first"));
        layers.add(second.named("second"));
        Model model = Sequential.of(layers.toArray(Layer[]::new));
        model.initialize(3);
        return model;
    }

    /** Masks of ones change nothing: outputs to the bit, gradients to the order in which their parts are added. */
    @Property(tries = 120)
    void masksOfOnesAreNoDropout(
            @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(min = 1, max = 70) int units,
            @ForAll @IntRange(min = 1, max = 20) int inputs, @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(min = 1, max = 5) int time, @ForAll boolean backwards, @ForAll boolean ofInput,
            @ForAll boolean masked, @ForAll @IntRange(min = 1, max = 2) int threads) {
        RecurrentLayer<?> plain = layer(kind, units).goBackwards(backwards);
        RecurrentLayer<?> with = dropped(plain, ofInput ? 0.5 : 0, 0.5);
        Tensor x = x(batch, time, inputs, masked);
        float[] cotangent = EnginePass.uniform(batch * units, 1, 5);
        try (Model a = model(with, with, inputs, masked).threads(threads);
                Model b = model(plain, plain, inputs, masked)) {
            TrainingPass got = TrainingPass.of(a, x, 0, execution -> {
                giveOnes(a, execution, "first", kind, batch, inputs, units);
                giveOnes(a, execution, "second", kind, batch, units, units);
            }, outputs -> List.of(cotangent));
            TrainingPass expected = TrainingPass.of(b, x, 0, execution -> {}, outputs -> List.of(cotangent));
            Bits.same(got.outputs().getFirst(), expected.outputs().getFirst(), "output");
            for (Map.Entry<String, float[]> weight : expected.weights().entrySet()) {
                Measure.within(CLOSE, weight.getKey(), got.weights().get(weight.getKey()), wide(weight.getValue()));
            }
            Measure.within(CLOSE, "gradient of x", got.input(), wide(expected.input()));
        }
    }

    private static void giveOnes(Model model, Execution execution, String name, int kind,
            int batch, int inputs, int units) {
        float[] ofInput = new float[batch * inputs];
        float[] ofState = new float[batch * units];
        Arrays.fill(ofInput, 1);
        Arrays.fill(ofState, 1);
        List<float[]> states = Collections.nCopies(gates(kind), ofState);
        GivenDrops.give(PlannedCall.of(model.network(), execution, name), List.of(ofInput), states);
    }

    /** What a gate's masks drop of h has no part in that gate: a unit that falls in all gates has no recurrent weights. */
    @Property(tries = 40)
    void whatFallsEverywhereHasNoRecurrentGradient(
            @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(min = 2, max = 40) int units,
            @ForAll @IntRange(min = 1, max = 6) int batch) {
        RecurrentLayer<?> with = dropped(layer(kind, units), 0, 0.5);
        Tensor x = x(batch, 4, 3, false);
        float[] mask = new float[batch * units];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % units % 2 == 0 ? 2 : 0;
        }
        try (Model model = Sequential.of(Input.shape(-1, 3), with.named("layer"))) {
            TrainingPass pass = TrainingPass.of(model, x, 0,
                    execution -> GivenDrops.give(PlannedCall.of(model.network(), execution, "layer"), List.of(),
                            List.of(mask)),
                    outputs -> List.of(EnginePass.uniform(batch * units, 1, 5)));
            float[] gradient = pass.weights().get("layer/recurrent_kernel");
            int columns = gradient.length / units;
            for (int i = 0; i < gradient.length; i++) {
                if (i / columns % 2 == 1) {
                    assertEquals(0f, Math.abs(gradient[i]), "row " + i / columns);
                }
            }
        }
    }

    /** The masks are the same for any number of threads, and others in the next step. */
    @Property(tries = 60)
    void bitsDependOnSeedAndStepOnly(
            @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(min = 1, max = 50) int units,
            @ForAll @IntRange(min = 1, max = 17) int batch, @ForAll @IntRange(min = 1, max = 5) int time,
            @ForAll boolean ofInput, @ForAll boolean backwards) {
        RecurrentLayer<?> with = dropped(layer(kind, units), ofInput ? 0.3 : 0, 0.4).goBackwards(backwards);
        Tensor x = x(batch, time, 3, false);
        float[] cotangent = EnginePass.uniform(batch * units, 1, 5);
        try (Model one = model(with, with, 3, false); Model two = model(with, with, 3, false).threads(2)) {
            float[] expected = pass(one, x, 4, cotangent).all();
            Bits.same(pass(two, x, 4, cotangent).all(), expected, "two threads");
            Bits.same(pass(one, x, 4, cotangent).all(), expected, "once more");
        }
    }

    private static TrainingPass pass(Model model, Tensor x, long step, float[] cotangent) {
        return TrainingPass.of(model, x, step, execution -> {}, outputs -> List.of(cotangent));
    }

    @Test
    void stepsDrawOtherMasks() {
        Tensor x = x(4, 5, 3, false);
        float[] cotangent = EnginePass.uniform(4 * 20, 1, 5);
        try (Model model = Sequential.of(Input.shape(-1, 3), Lstm.units(20).recurrentDropout(0.5))) {
            assertFalse(Arrays.equals(pass(model, x, 1, cotangent).all(), pass(model, x, 2, cotangent).all()));
        }
    }

    @Test
    void servingIgnoresIt() {
        Tensor x = x(4, 5, 3, false);
        try (Model with = model(dropped(Lstm.units(9), 0.5, 0.5), Gru.units(4).recurrentDropout(0.2), 3, false);
                Model without = model(Lstm.units(9), Gru.units(4), 3, false)) {
            assertArrayEquals(without.predict(x).toArray(), with.predict(x).toArray());
        }
    }

    @Test
    void aModelWithItLearns() {
        Tensor x = x(64, 6, 2, false);
        float[] sums = new float[64];
        float[] numbers = x.toArray();
        for (int i = 0; i < numbers.length; i++) {
            sums[i / 12] += numbers[i] / 4;
        }
        try (Model model = Sequential.of(Input.shape(-1, 2), Lstm.units(24).dropout(0.05).recurrentDropout(0.1),
                Dense.units(1))) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(Adam.rate(0.01))
                    .epochs(80);
            Tensor y = Tensor.of(sums, 64, 1);
            double before = trainer.evaluate(x, y).get("loss");
            trainer.fit(x, y);
            double after = trainer.evaluate(x, y).get("loss");
            assertTrue(after < before / 5, before + " to " + after);
        }
    }

    private static Tensor x(int batch, int time, int inputs, boolean masked) {
        float[] numbers = EnginePass.uniform(batch * time * inputs, 1.5f, 7);
        for (int row = 0; masked && row < batch * time; row += 3) {
            Arrays.fill(numbers, row * inputs, (row + 1) * inputs, 0);
        }
        return Tensor.of(numbers, batch, time, inputs);
    }

    private static double[] wide(float[] numbers) {
        double[] wide = new double[numbers.length];
        Arrays.setAll(wide, i -> numbers[i]);
        return wide;
    }
}
