package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Predictors of models some of whose layers are made of others: masks and wrong ids as at the model's own door. */
final class PredictorOfPartsTest {

    private static final Mask MASK = Mask.lengths(4, 1, 3);

    /** A layer of [B,T,...] that is made of others, and returns sequences. */
    private record Case(Input input, Layer whole, long... shape) {

        Tensor x() {
            int count = 1;
            for (long size : shape) {
                count *= (int) size;
            }
            float[] x = EnginePass.uniform(count, 1, 4);
            int perSample = count / 3;
            Arrays.fill(x, perSample + perSample / 4, 2 * perSample, Float.NaN);
            return Tensor.of(x, shape);
        }
    }

    private static List<Case> cases() {
        return List.of(
                new Case(Input.shape(4, 2), Bidirectional.of(Lstm.units(3).returnSequences()), 3, 4, 2),
                new Case(Input.shape(4, 2), Nested.chain(Input.sequence(2), Lstm.units(3).returnSequences(),
                        Dense.units(2)), 3, 4, 2),
                new Case(Input.shape(4, 5, 2), TimeDistributed.of(Lstm.units(3)), 3, 4, 5, 2));
    }

    @TestFactory
    Stream<DynamicTest> aPredictorTakesAMask() {
        return cases().stream().map(each -> DynamicTest.dynamicTest(each.whole().kind(), () -> check(each)));
    }

    private static void check(Case each) {
        try (Model model = Sequential.of(each.input(), each.whole().named("whole"), Lstm.units(4).named("end"));
                Model start = Sequential.of(each.input(), each.whole().named("whole"));
                Predictor predictor = model.predictor();
                Predictor inside = model.upTo("whole")) {
            start.initialize(3);
            for (int i = 0; i < start.weights().size(); i++) {
                model.weights().get(i).set(start.weights().get(i).get());
            }
            Bits.same(predictor.predict(each.x(), MASK).toArray(), model.predict(each.x(), MASK).toArray(), "all");
            Bits.same(inside.predict(each.x(), MASK).toArray(), start.predict(each.x(), MASK).toArray(), "up to");
            Bits.same(inside.predict(each.x()).toArray(), start.predict(each.x()).toArray(), "without a mask");
        }
    }

    /** Parts have names of their own, which a user has never seen. */
    @Test
    void outputsHaveTheNamesThatTheUserGave() {
        Input x = Input.shape(4, 2);
        Node both = Bidirectional.of(Lstm.units(3)).named("both").on(x);
        try (Model model = Model.of(List.of(x), List.of(both, Dense.units(2).named("end").on(both)));
                Predictor predictor = model.predictor()) {
            said(IllegalStateException.class, () -> predictor.predict(Tensor.zeros(3, 4, 2), MASK), "[both, end]");
        }
    }

    @Test
    void anIdIsLookedAtBehindAModelInAModel() {
        Nested words = Nested.chain(Input.ints(3), Embedding.of(5, 2).named("words"), Lstm.units(2)).named("inner");
        int[][] ids = new int[40][3];
        ids[37][2] = 5;
        Mask all = Mask.lengths(new int[40]);
        try (Model model = Sequential.of(Input.ints(3), words, Dense.units(1).named("end"));
                Predictor predictor = model.predictor();
                Predictor inside = model.upTo("inner")) {
            String[] parts = {"Embedding 'inner/words'", "id 5", "sample 37", "step 2", "0 to 4"};
            for (Predictor each : List.of(predictor, inside)) {
                said(IllegalArgumentException.class, () -> each.predict(Tensor.ofInts(ids)), parts);
                assertEquals(40, each.predict(Tensor.ofInts(ids), all).shape().dim(0));
            }
        }
    }

    private static void said(Class<? extends Exception> type, Executable call, String... parts) {
        String said = assertThrows(type, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }
}
