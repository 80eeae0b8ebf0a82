package dev.gatun.tests.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.bits.ThreadBits;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An LSTM with an option of other engines that has no effect is the LSTM without it, bit for bit; what makes no sense is refused. */
final class LstmVariantLawsTest {

    private static final int INPUTS = 5;
    private static final int TIME = 6;

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 37})
    void limitsThatNothingReachesChangeNoBits(int units) {
        Lstm plain = Lstm.units(units).returnSequences();
        for (int batch : new int[] {1, 7}) {
            same(plain, plain.cellClip(1e6), batch);
            same(plain, plain.clip(1e6), batch);
            same(plain.activation("relu"), plain.activation("relu").cellClip(1e6), batch);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 37})
    void peepholesOfZerosChangeNoBits(int units) {
        Lstm plain = Lstm.units(units).returnSequences();
        for (int batch : new int[] {1, 7}) {
            same(plain, plain.peepholes(), batch);
        }
    }

    /** As a sum of bias and constant, rounded once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 37})
    void aForgetBiasIsPartOfTheBias(int units) {
        Lstm plain = Lstm.units(units).returnSequences();
        try (Model with = model(plain.forgetBias(0.75)); Model without = model(plain)) {
            Tensor bias = without.weight("lstm/bias").get();
            for (int unit = units; unit < 2 * units; unit++) {
                bias.set(bias.get(unit) + 0.75f, unit);
            }
            without.weight("lstm/bias").set(bias);
            compare(without, with, 7);
        }
    }

    @Test
    void aForgetBiasBeginsWithoutOnes() {
        try (Model model = Sequential.of(Input.sequence(1), Lstm.units(3).forgetBias(1).named("lstm"))) {
            Bits.same(model.weight("lstm/bias").get().toArray(), new float[12], "as TensorFlow 1");
        }
    }

    @Test
    void aCoupledLayerHasThreeGates() {
        try (Model model = Sequential.of(Input.sequence(INPUTS), Lstm.units(3).inputForget().peepholes())) {
            assertEquals(List.of(9L, 9L, 9L, 3L, 3L),
                    model.weights().stream().map(weight -> weight.shape().last()).toList());
            assertEquals(9 * (INPUTS + 3 + 1) + 6, model.parameterCount());
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(Lstm.units(2).inputForget().forgetBias(1), "forget_bias", "input_forget");
        refused(Lstm.units(2).peepholeInitializer(Initializer.ONES), "peephole_initializer", "peepholes");
        refused(Lstm.units(2).layerNorm().peepholes(), "layer_norm", "peepholes");
        refused(Lstm.units(2).layerNorm().inputForget(), "layer_norm", "input_forget");
        refused(Lstm.units(2).layerNorm().cellClip(1), "layer_norm", "cell_clip");
        refused(Lstm.units(2).layerNormEpsilon(0.1), "layer_norm_epsilon", "layerNorm");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Lstm.units(2).clip(-1)).getMessage()
                .contains("clip"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Lstm.units(2).cellClip(Double.NaN)).getMessage()
                .contains("cell_clip"));
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> Lstm.units(2).forgetBias(Double.POSITIVE_INFINITY)).getMessage().contains("forget_bias"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Lstm.units(2).layerNormEpsilon(0)).getMessage()
                .contains("layer_norm_epsilon"));
        refused(Lstm.units(2).outputActivation("softmax").peepholes(), "softmax", "peepholes");
        refused(Lstm.units(2).activation("softmax").layerNorm(), "softmax", "layer_norm");
        refused(Lstm.units(2).recurrentActivation("softmax").clip(1), "softmax", "clip");
        refused(Lstm.units(2).projection(1).recurrentDropout(0.5), "projection", "recurrent_dropout");
    }

    @Test
    void aLearnedStateAndAGivenOneAreTooMany() {
        Input x = Input.sequence(INPUTS);
        Input h = Input.shape(2);
        Input c = Input.shape(2);
        Lstm lstm = Lstm.units(2).learnInitialState().named("lstm");
        String said = assertThrows(IllegalArgumentException.class,
                () -> Model.of(List.of(x, h, c), List.of(lstm.on(x, State.of(h, c))))).getMessage();
        assertTrue(said.contains("'lstm'") && said.contains("learned_initial_state"), said);
    }

    @Test
    void bothWaysAreTwoLayers() {
        Lstm lstm = Lstm.units(5).peepholes().projection(3).learnInitialState().returnSequences();
        Tensor x = Tensor.of(EnginePass.uniform(2 * TIME * INPUTS, 1.5f, 3), 2, TIME, INPUTS);
        try (Model both = RandomWeights.into(Sequential.of(Input.sequence(INPUTS), Bidirectional.of(lstm)), 1, 10);
                Model there = model(lstm);
                Model back = model(lstm.goBackwards())) {
            int own = there.weights().size();
            assertEquals(2 * own, both.weights().size());
            for (int i = 0; i < own; i++) {
                there.weights().get(i).set(both.weights().get(i).get());
                back.weights().get(i).set(both.weights().get(own + i).get());
            }
            Tensor got = both.predict(x);
            Tensor first = there.predict(x);
            Tensor second = back.predict(x);
            for (int t = 0; t < TIME; t++) {
                for (int p = 0; p < 3; p++) {
                    assertEquals(first.get(1, t, p), got.get(1, t, p));
                    assertEquals(second.get(1, TIME - 1 - t, p), got.get(1, t, 3 + p));
                }
            }
        }
    }

    /** Layers above each other, which run side by side in time where a batch is small. */
    @Test
    void aStackGivesTheSameBitsOnAnyNumberOfThreads() {
        int time = 40;
        Model stack = Sequential.of(Input.sequence(INPUTS), Lstm.units(17).peepholes().cellClip(0.4).returnSequences(),
                Lstm.units(18).projection(7).returnSequences(), Lstm.units(17).layerNorm().returnSequences(),
                Lstm.units(20).inputForget().learnInitialState().forgetBias(0).returnSequences());
        try (Model model = RandomWeights.into(stack, 0.5f, 10)) {
            for (int batch : new int[] {1, 9}) {
                Tensor x = Tensor.of(EnginePass.uniform(batch * time * INPUTS, 1.5f, 3), batch, time, INPUTS);
                ThreadBits.check(model, List.of(x), EnginePass.cotangents(model, List.of(x), 4), batch + " rows");
            }
        }
    }

    private static void refused(Lstm lstm, String... words) {
        String said = assertThrows(IllegalArgumentException.class,
                () -> Sequential.of(Input.sequence(INPUTS), lstm.named("odd"))).getMessage();
        assertTrue(said.contains("'odd'"), said);
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
    }

    private static Model model(Lstm lstm) {
        return RandomWeights.into(Sequential.of(Input.sequence(INPUTS), lstm.named("lstm")), 1, 10);
    }

    private static void same(Lstm plain, Lstm variant, int batch) {
        try (Model expected = model(plain); Model got = model(variant)) {
            for (Weight weight : got.weights()) {
                weight.set(weight.name().endsWith("peephole")
                        ? Tensor.zeros(weight.shape().toArray())
                        : expected.weight(weight.name()).get());
            }
            compare(expected, got, batch);
        }
    }

    private static void compare(Model expected, Model got, int batch) {
        Tensor x = Tensor.of(EnginePass.uniform(batch * TIME * INPUTS, 1.5f, 3), batch, TIME, INPUTS);
        Bits.same(got.predict(x).toArray(), expected.predict(x).toArray(), "prediction");
        List<float[]> cotangents = EnginePass.cotangents(expected, List.of(x), 4);
        EnginePass one = EnginePass.of(expected, List.of(x), cotangents);
        EnginePass other = EnginePass.of(got, List.of(x), cotangents);
        Bits.same(other.inputs().getFirst(), one.inputs().getFirst(), "gradient of x");
        one.weights().forEach((name, gradient) -> Bits.same(other.weights().get(name), gradient, name));
    }
}
