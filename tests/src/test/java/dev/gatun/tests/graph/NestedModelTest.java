package dev.gatun.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.badinput.Refusal;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model as a layer is its layers, wired in its place: same bits, one set of weights, one row of the summary. */
final class NestedModelTest {

    private static final int BATCH = 3;
    private static final int TIME = 4;
    private static final int FEATURES = 2;

    /** Sequence to sequence, with a layer in both directions. */
    private static Nested inner() {
        return Nested.chain(Input.sequence(FEATURES), Bidirectional.of(Lstm.units(3).returnSequences()),
                Dropout.rate(0.25), Dense.units(FEATURES).activation("tanh")).named("inner");
    }

    private static Node inline(Input x) {
        Node both = Bidirectional.of(Lstm.units(3).returnSequences()).named("bidirectional").on(x);
        return Dense.units(FEATURES).activation("tanh").named("dense").on(Dropout.rate(0.25).named("dropout").on(both));
    }

    private static Tensor x(int seed) {
        return Tensor.of(EnginePass.uniform(BATCH * TIME * FEATURES, 1.5f, seed), BATCH, TIME, FEATURES);
    }

    private static void sameWeights(Model to, Model from, String prefix) {
        for (Weight weight : from.weights()) {
            to.weight(prefix + weight.name()).set(weight.get());
        }
    }

    @Test
    void itIsItsLayers() {
        Input x = Input.sequence(FEATURES).named("x");
        Input y = Input.sequence(FEATURES).named("x");
        try (Model nested = Model.of(x, inner().on(x)); Model plain = Model.of(y, inline(y))) {
            plain.initialize(5);
            sameWeights(nested, plain, "inner/");
            assertEquals(plain.weights().size(), nested.weights().size());
            List<Tensor> inputs = List.of(x(1));
            List<float[]> cotangents = EnginePass.cotangents(plain, inputs, 2);
            Bits.same(EnginePass.of(nested, inputs, cotangents).all(), EnginePass.of(plain, inputs, cotangents).all(),
                    "a pass");
            Bits.same(nested.predict(x(1)).toArray(), plain.predict(x(1)).toArray(), "a prediction");
            assertEquals(plain.network().execution(List.of(Shape.of(2, 9, FEATURES)),
                    ExecutionMode.INFERENCE).toString().replace("bidirectional", "inner/bidirectional")
                    .replace("[dense]", "[inner/dense]"),
                    nested.network().execution(List.of(Shape.of(2, 9, FEATURES)),
                            ExecutionMode.INFERENCE).toString());
        }
    }

    /** Twice in one model: gradients of both calls add up to what two layers of equal weights have together. */
    @Test
    void calledTwiceItHasOneSetOfWeights() {
        Input x = Input.sequence(FEATURES).named("x");
        Nested shared = inner();
        Nested first = inner();
        Nested second = inner().named("second");
        try (Model one = Model.of(x, shared.on(shared.on(x))); Model two = Model.of(x, second.on(first.on(x)))) {
            assertEquals(two.parameterCount(), 2 * one.parameterCount());
            for (Weight weight : one.weights()) {
                two.weight(weight.name()).set(weight.get());
                two.weight(weight.name().replace("inner/", "second/")).set(weight.get());
            }
            List<Tensor> inputs = List.of(x(1));
            List<float[]> cotangents = EnginePass.cotangents(one, inputs, 2);
            EnginePass pass = EnginePass.of(one, inputs, cotangents);
            EnginePass apart = EnginePass.of(two, inputs, cotangents);
            Bits.same(pass.outputs().getFirst(), apart.outputs().getFirst(), "output");
            Bits.same(pass.inputs().getFirst(), apart.inputs().getFirst(), "gradient of x");
            pass.weights().forEach((name, gradient) -> Measure.within(1e-5, name, gradient,
                    sum(apart.weights().get(name), apart.weights().get(name.replace("inner/", "second/")))));
        }
    }

    private static double[] sum(float[] one, float[] other) {
        double[] sum = new double[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (double) one[i] + other[i];
        }
        return sum;
    }

    /** A Bidirectional in a model in a model, and one model in two models: every file gives back every bit. */
    @Test
    void modelsInModelsAreSavedAndReadBack(@TempDir Path folder) throws IOException {
        Nested core = inner().named("core");
        Input a = Input.sequence(FEATURES);
        Nested left = Nested.of(a, Dense.units(2).on(core.on(a))).named("left");
        Input b = Input.sequence(FEATURES);
        Nested right = Nested.of(b, core.on(b), Lstm.units(2).on(core.on(b))).named("right");
        Input x = Input.sequence(FEATURES).named("x");
        List<Node> both = right.on(List.of(x));
        try (Model model = Model.of(x, left.on(x), both.get(0), both.get(1))) {
            model.initialize(3);
            assertEquals(List.of("left/core/bidirectional/forward_lstm/kernel"), model.weights().stream()
                    .map(Weight::name).filter(name -> name.endsWith("forward_lstm/kernel")).toList(), "once");
            String summary = model.summaryText();
            assertTrue(summary.contains("left (Functional)") && summary.contains("right (Functional)"), summary);
            assertFalse(summary.contains("lstm"), summary);
            model.save(folder.resolve("model.gatun"));
            try (Model loaded = Model.load(folder.resolve("model.gatun"))) {
                assertEquals(summary, loaded.summaryText());
                assertEquals(names(model), names(loaded));
                List<Tensor> inputs = List.of(x(1));
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 2);
                Bits.same(EnginePass.of(loaded, inputs, cotangents).all(),
                        EnginePass.of(model, inputs, cotangents).all(), "the loaded model");
            }
        }
    }

    private static Map<String, Shape> names(Model model) {
        Map<String, Shape> names = new TreeMap<>();
        model.weights().forEach(weight -> names.put(weight.name(), weight.shape()));
        return names;
    }

    @Test
    void aModelBecomesALayerAndGivesItsWeights() {
        Input x = Input.sequence(FEATURES).named("x");
        try (Model encoder = Sequential.named("encoder",
                List.of(Input.sequence(FEATURES), Lstm.units(5).returnSequences(), Lstm.units(4)))) {
            encoder.initialize(8);
            try (Model outer = Model.of(x, encoder.asLayer().on(x))) {
                outer.takeWeights("encoder", encoder).trainable("encoder", false);
                Bits.same(outer.predict(x(1)).toArray(), encoder.predict(x(1)).toArray(), "the same weights");
                assertTrue(outer.weights().stream().noneMatch(Weight::isTrainable));
                assertTrue(outer.summaryText().contains("encoder (Sequential)"), outer.summaryText());
                assertTrue(outer.summaryText().contains("Non-trainable params: 320 "), outer.summaryText());
                Refusal.of(() -> outer.takeWeights("decoder", encoder), "decoder/lstm/kernel");
            }
        }
    }

    @Test
    void aLayerTakesAllWeightsOrNone() {
        Input x = Input.sequence(FEATURES).named("x");
        Lstm first = Lstm.units(5).returnSequences().named("first");
        Nested encoder = Nested.chain(Input.sequence(FEATURES), first, Lstm.units(4).named("second")).named("encoder");
        try (Model outer = Model.of(x, encoder.on(x));
                Model missing = Sequential.of(Input.sequence(FEATURES), first, Lstm.units(4).named("other"));
                Model misshapen = Sequential.of(Input.sequence(FEATURES), first, Lstm.units(3).named("second"));
                Model fewer = Sequential.of(Input.sequence(FEATURES), first)) {
            List<float[]> before = outer.weights().stream().map(weight -> weight.get().toArray()).toList();
            for (Model from : List.of(missing, misshapen, fewer)) {
                from.initialize(8);
            }
            Refusal.of(() -> outer.takeWeights("encoder", missing), "encoder/other/kernel", "encoder/second/kernel");
            Refusal.of(() -> outer.takeWeights("encoder", misshapen), "layer 'encoder'", "encoder/second/kernel",
                    "(5, 16)", "(5, 12)", "the same layers");
            Refusal.of(() -> outer.takeWeights("encoder", fewer), "layer 'encoder'", "encoder/second/kernel",
                    "encoder/second/bias", "the same layers");
            for (int i = 0; i < before.size(); i++) {
                Bits.same(outer.weights().get(i).get().toArray(), before.get(i), outer.weights().get(i).name());
            }
        }
    }

    /** States go in and out of it as any other value. */
    @Test
    void severalInputsAndOutputs() {
        Input steps = Input.sequence(FEATURES);
        Input h = Input.shape(3);
        Input c = Input.shape(3);
        RecurrentOutput output = Lstm.units(3).returnState().on(steps, State.of(h, c));
        Nested cell = Nested.of(List.of(steps, h, c), List.of(output, output.state().c())).named("cell");
        Input x = Input.sequence(FEATURES).named("x");
        Input begin = Input.shape(3).named("begin");
        List<Node> first = cell.on(List.of(x, begin, begin));
        try (Model model = Model.of(List.of(x, begin), cell.on(List.of(x, first.get(0), first.get(1))))) {
            assertEquals(List.of(Shape.of(-1, 3), Shape.of(-1, 3)), model.outputShapes());
            assertEquals(List.of("cell", "cell_1"), model.outputNames());
            assertEquals(2, model.predict(List.of(x(1), Tensor.zeros(BATCH, 3))).size());
        }
    }

    @Test
    void itRunsStepByStep() {
        Nested inner = Nested.chain(Input.sequence(FEATURES), Lstm.units(3).returnSequences(), Dense.units(2))
                .named("inner");
        try (Model model = Sequential.of(Input.sequence(FEATURES), inner, Lstm.units(4).returnSequences());
                ModelStream stream = model.stream(1)) {
            Tensor x = Tensor.of(EnginePass.uniform(TIME * FEATURES, 1, 4), 1, TIME, FEATURES);
            float[] whole = model.predict(x).toArray();
            float[] result = new float[4];
            for (int t = 0; t < TIME; t++) {
                float[] step = Arrays.copyOfRange(x.toArray(), t * FEATURES, (t + 1) * FEATURES);
                stream.step(MemorySegment.ofArray(step), MemorySegment.ofArray(result));
                Bits.same(result, Arrays.copyOfRange(whole, 4 * t, 4 * t + 4), "step " + t);
            }
        }
        try (Model model = Sequential.of(Input.sequence(FEATURES), inner())) {
            Refusal.of(model::stream, "Sequential 'inner'", "holds a Bidirectional", "backward half");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByItsName() {
        Input wide = Input.sequence(7);
        Refusal.of(() -> Model.of(wide, inner().on(wide)), "Sequential 'inner'", "(None, None, 2)", "(None, None, 7)");
        Input x = Input.sequence(FEATURES);
        Refusal.of(() -> Model.of(x, inner().on(List.of(x, x)).getFirst()), "Sequential 'inner'", "takes 1 input",
                "got 2");
        Refusal.of(() -> Nested.chain(Dense.units(2)), "begins with its input");
        Refusal.of(() -> Nested.of(Input.sequence(2), Dense.units(2).on(x)), "leads to no output");
    }
}
