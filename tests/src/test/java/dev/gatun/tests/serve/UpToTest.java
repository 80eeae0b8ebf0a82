package dev.gatun.tests.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Issue D, the first hour: {@code model.upTo("lstm")} shares the model's weights; another model over the same nodes has its own. */
final class UpToTest {

    private final Input data = Input.sequence(3).named("data");
    private final Input start = Input.shape(2).named("start");
    private final RecurrentOutput first = Lstm.units(20).returnSequences().returnState().named("first").on(data);
    private final Node dropped = Dropout.rate(0.5).named("dropped").on(first);
    private final RecurrentOutput second = Lstm.units(7).returnSequences().named("second").on(dropped);
    private final RecurrentOutput third = Lstm.units(5).named("third").on(second);
    private final Dense shared = Dense.units(5).activation("tanh").named("shared");
    private final Node once = shared.on(third);
    private final Node twice = shared.on(once);
    private final Node out = Activation.of("softmax").named("out").on(twice);
    private final Node beside = Dense.units(4).named("beside").on(start);

    private final Map<String, Node> values = new LinkedHashMap<>(Map.of(
            "data", data, "first", first, "first_h", first.state().h(), "first_c", first.state().c(), "dropped",
            dropped,
            "second", second, "third", third, "shared[0]", once, "shared[1]", twice, "out", out));

    private Model model() {
        return Model.of(List.of(data, start), List.of(out, beside));
    }

    private final List<Tensor> x = List.of(NormalTensor.of(1, 37, 40, 3), NormalTensor.of(2, 37, 2));

    @Test
    void everyValueInsideHasTheBitsOfAModelThatEndsThere() {
        try (Model model = model()) {
            model.initialize(5);
            values.forEach((name, node) -> {
                try (Model ends = Model.of(List.of(data, start), List.of(node, beside));
                        Predictor inside = model.upTo(name)) {
                    for (Weight weight : ends.weights()) {
                        weight.set(model.weight(weight.name()).get());
                    }
                    List<Tensor> got = inside.predict(x);
                    assertEquals(1, got.size(), name);
                    assertEquals(ends.predict(x).getFirst().shape(), got.getFirst().shape(), name);
                    assertArrayEquals(ends.predict(x).getFirst().toArray(), got.getFirst().toArray(), name);
                }
            });
        }
    }

    @Test
    void severalValuesComeInTheOrderOfTheirNames() {
        try (Model model = model();
                Predictor inside = model.upTo("beside", "third", "first_h", "third");
                Predictor third = model.upTo("third")) {
            List<Tensor> got = inside.predict(x);
            assertEquals(List.of(Shape.of(37, 4), Shape.of(37, 5), Shape.of(37, 20), Shape.of(37, 5)),
                    got.stream().map(Tensor::shape).toList());
            assertArrayEquals(third.predict(x).getFirst().toArray(), got.get(1).toArray());
            assertArrayEquals(got.get(1).toArray(), got.get(3).toArray());
        }
    }

    @Test
    void whatTheModelLearnsIsSeenAndTheModelsOwnWordsAreNotTouched() {
        Input input = Input.sequence(3);
        try (Model model = Model.of(input, Dense.units(1).on(Lstm.units(6).named("lstm").on(input)));
                Predictor inside = model.upTo("lstm")) {
            Tensor samples = NormalTensor.of(3, 8, 5, 3);
            float[] before = inside.predict(samples).toArray();
            Trainer.of(model).loss(Loss.MSE).epochs(2).fit(samples, Tensor.zeros(8, 1));
            float[] trained = inside.predict(samples).toArray();
            assertFalse(Arrays.equals(before, trained));
            model.weight("lstm/kernel").set(Tensor.zeros(3, 24));
            model.weight("lstm/recurrent_kernel").set(Tensor.zeros(6, 24));
            model.weight("lstm/bias").set(Tensor.zeros(24));
            assertArrayEquals(new float[8 * 6], inside.predict(samples).toArray());
            assertEquals(List.of("dense"), model.outputNames());
            assertEquals(Shape.of(8, 1), model.predict(samples).shape());
        }
    }

    @Test
    void twoModelsOverTheSameNodesHaveWeightsOfTheirOwn() {
        Input input = Input.sequence(3);
        RecurrentOutput lstm = Lstm.units(6).named("lstm").on(input);
        try (Model inner = Model.of(input, lstm); Model outer = Model.of(input, Dense.units(1).on(lstm))) {
            Tensor samples = NormalTensor.of(4, 8, 5, 3);
            float[] kernel = inner.weight("lstm/kernel").get().toArray();
            assertArrayEquals(kernel, outer.weight("lstm/kernel").get().toArray(), "equal seeds, equal first weights");
            Trainer.of(outer).loss(Loss.MSE).fit(samples, Tensor.zeros(8, 1));
            assertArrayEquals(kernel, inner.weight("lstm/kernel").get().toArray());
            assertFalse(Arrays.equals(kernel, outer.weight("lstm/kernel").get().toArray()));
        }
    }

    @Test
    void namesThatMeanNothingOrMuchAreRefusedWithThoseThereAre() {
        try (Model model = model()) {
            says(() -> model.upTo("lstm"), "'functional'", "\"lstm\"", "first, first_h, first_c", "second", "shared[1]",
                    "out");
            says(() -> model.upTo("third", "second_h"), "second_h", ".returnState()");
            says(() -> model.upTo("shared"), "called 2 times", "shared[0], shared[1]");
            says(model::upTo, "at least one");
            says(() -> model.network().newExecution(List.of(), List.of(Shape.of(2, 4, 3), Shape.of(2, 2)),
                    model.network().team()),
                    "at least one");
            says(() -> new Predictor(model.network(), List.of("third", "lstm")), "\"lstm\"", "first, first_h, first_c");
            says(() -> model.graph().upTo(List.of("lstm")), "\"lstm\"", "first, first_h, first_c");
        }
        Node clash = Dense.units(2).named("a_h").on(Lstm.units(2).returnState().named("a").on(data));
        try (Model model = Model.of(data, clash)) {
            says(() -> model.upTo("a_h"), "more than one value");
        }
    }

    @Test
    void aClosedModelIsTold() {
        Model model = model();
        Predictor inside = model.upTo("first");
        Predictor fresh = model.upTo("second");
        inside.predict(x);
        model.close();
        for (Predictor predictor : List.of(inside, fresh)) {
            String message = assertThrows(IllegalStateException.class, () -> predictor.predict(x)).getMessage();
            assertTrue(message.contains("'functional' is closed"), message);
            predictor.close();
        }
        assertThrows(IllegalStateException.class, () -> model.upTo("first"));
    }

    private static void says(org.junit.jupiter.api.function.Executable use, String... words) {
        String message = assertThrows(IllegalArgumentException.class, use).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), () -> "no " + word + " in: " + message);
        }
    }
}
