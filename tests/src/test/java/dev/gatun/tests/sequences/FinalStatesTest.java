package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Issue G: final states of a prediction without building the model again, and predictions that go on from states. */
final class FinalStatesTest {

    private static final int SAMPLES = 37;
    private static final int TIME = 11;

    private static Model stack() {
        Model model = Sequential.of(Input.sequence(3), Lstm.units(20).returnSequences().named("first"),
                Gru.units(7).returnSequences().named("second"), SimpleRnn.units(5).returnSequences().named("third"),
                Dense.units(2).named("end"));
        model.initialize(3);
        return model;
    }

    private static Tensor x() {
        return NormalTensor.of(1, SAMPLES, TIME, 3);
    }

    private static Mask holes() {
        Random random = new Random(4);
        boolean[][] counts = new boolean[SAMPLES][TIME];
        for (int sample = 1; sample < SAMPLES; sample++) {
            for (int t = 0; t < TIME; t++) {
                counts[sample][t] = random.nextInt(3) > 0;
            }
        }
        return Mask.of(counts);
    }

    private static Tensor steps(Tensor x, int from, int to) {
        int features = (int) x.shape().last();
        int samples = (int) x.shape().dim(0);
        float[] part = new float[samples * (to - from) * features];
        float[] all = x.toArray();
        int time = (int) x.shape().dim(1);
        for (int sample = 0; sample < samples; sample++) {
            System.arraycopy(all, (sample * time + from) * features, part, sample * (to - from) * features,
                    (to - from) * features);
        }
        return Tensor.of(part, samples, to - from, features);
    }

    private static void copyWeights(Model from, Model to) {
        for (Weight weight : to.weights()) {
            weight.set(from.weight(weight.name()).get());
        }
    }

    @Test
    void theyAreThoseOfAModelThatReturnsThem() {
        Input in = Input.sequence(3);
        RecurrentOutput first = Lstm.units(20).returnSequences().returnState().named("first").on(in);
        RecurrentOutput second = Gru.units(7).returnSequences().returnState().named("second").on(first.sequence());
        RecurrentOutput third = SimpleRnn.units(5).returnSequences().returnState().named("third")
                .on(second.sequence());
        try (Model model = stack();
                Predictor predictor = model.predictor();
                Model telling = Model.of(in, first.state().h(), first.state().c(), second.state().h(),
                        third.state().h())) {
            copyWeights(model, telling);
            for (Mask mask : List.of(Mask.NONE, holes())) {
                List<Tensor> told = telling.predict(List.of(x()), List.of(mask));
                Predicted got = model.predictWithStates(List.of(x()), List.of(mask), LayerStates.ZERO);
                assertEquals(List.of("first", "second", "third"), List.copyOf(got.states().layers()));
                Bits.same(got.states().h("first").toArray(), told.get(0).toArray(), "h of first");
                Bits.same(got.states().c("first").toArray(), told.get(1).toArray(), "c of first");
                Bits.same(got.states().h("second").toArray(), told.get(2).toArray(), "h of second");
                Bits.same(got.states().h("third").toArray(), told.get(3).toArray(), "h of third");
                Bits.same(got.output().toArray(), model.predict(List.of(x()), List.of(mask)).getFirst().toArray(),
                        "the output");
                Predicted other = predictor.predictWithStates(List.of(x()), List.of(mask), LayerStates.ZERO);
                Bits.same(other.states().c("first").toArray(), told.get(1).toArray(), "a predictor's c");
            }
        }
    }

    @Test
    void aSequenceInPartsHasTheBitsOfTheWhole() {
        try (Model model = stack(); Predictor upTo = model.upTo("second")) {
            float[] whole = model.predict(x()).toArray();
            float[] inside = upTo.predict(x()).toArray();
            LayerStates states = LayerStates.ZERO;
            LayerStates statesInside = LayerStates.ZERO;
            int from = 0;
            for (int to : new int[] {1, 4, 5, TIME}) {
                Predicted part = model.predictWithStates(steps(x(), from, to), states);
                states = part.states();
                Bits.same(part.output().toArray(), steps(Tensor.of(whole, SAMPLES, TIME, 2), from, to).toArray(),
                        "steps " + from + " to " + to);
                Predicted partInside = upTo.predictWithStates(steps(x(), from, to), statesInside);
                statesInside = partInside.states();
                Bits.same(partInside.output().toArray(),
                        steps(Tensor.of(inside, SAMPLES, TIME, 7), from, to).toArray(), "inside");
                assertEquals(Set.of("first", "second"), statesInside.layers());
                from = to;
            }
        }
    }

    /** A part in which nothing counts shows what the part before it ended with. */
    @Test
    void masksGoOnFromPartToPart() {
        Mask mask = holes();
        int[] numbers = mask.steps("x", x().shape()).toIntArray();
        try (Model model = Sequential.of(Input.sequence(3), Lstm.units(20).returnSequences(), Lstm.units(6))) {
            model.initialize(8);
            float[] whole = model.predict(x(), mask).toArray();
            LayerStates states = LayerStates.ZERO;
            Tensor last = null;
            for (int t = 0; t < TIME; t++) {
                boolean[][] counts = new boolean[SAMPLES][1];
                for (int sample = 0; sample < SAMPLES; sample++) {
                    counts[sample][0] = numbers[sample * TIME + t] != 0;
                }
                Predicted part = model.predictWithStates(List.of(steps(x(), t, t + 1)), List.of(Mask.of(counts)),
                        states);
                states = part.states();
                last = part.output();
            }
            Bits.same(last.toArray(), whole, "the last output");
        }
    }

    @Test
    void aStreamGoesOnFromAPrediction() {
        try (Model model = stack(); ModelStream stream = model.stream(SAMPLES)) {
            float[] whole = model.predict(x()).toArray();
            Predicted before = model.predictWithStates(steps(x(), 0, 6));
            stream.goOnFrom(before.states());
            Bits.same(stream.states().c("first").toArray(), before.states().c("first").toArray(), "as given");
            float[] result = new float[SAMPLES * 2];
            for (int t = 6; t < TIME; t++) {
                stream.step(MemorySegment.ofArray(steps(x(), t, t + 1).toArray()), MemorySegment.ofArray(result));
                Bits.same(result, steps(Tensor.of(whole, SAMPLES, TIME, 2), t, t + 1).toArray(), "step " + t);
            }
            Bits.same(stream.states().h("second").toArray(),
                    model.predictWithStates(x()).states().h("second").toArray(), "where it ends");
            String unknown = assertThrows(IllegalArgumentException.class,
                    () -> stream.goOnFrom(LayerStates.ZERO.with("fourth", Tensor.zeros(SAMPLES, 5)))).getMessage();
            assertTrue(unknown.contains("no recurrent layer 'fourth'") && unknown.contains("[first, second, third]"),
                    unknown);
        }
    }

    @Test
    void bothHalvesOfABidirectionalHaveStates() {
        Input in = Input.sequence(3);
        Bidirectional both = Bidirectional.of(Lstm.units(6)).named("both");
        Bidirectional telling = Bidirectional.of(Lstm.units(6).returnState()).named("both");
        var told = telling.on(in);
        try (Model model = Sequential.of(Input.sequence(3), both);
                Model other = Model.of(List.of(in), told.state().parts())) {
            model.initialize(2);
            copyWeights(model, other);
            LayerStates states = model.predictWithStates(x()).states();
            List<String> names = List.copyOf(states.layers());
            assertEquals(2, names.size());
            List<Tensor> expected = other.predict(List.of(x()));
            for (int part = 0; part < 4; part++) {
                Bits.same(states.parts(names.get(part / 2)).get(part % 2).toArray(), expected.get(part).toArray(),
                        names.get(part / 2) + ", part " + part % 2);
            }
        }
    }

    /** Within a TimeDistributed sequences begin anew in every step, so there is nothing to carry. */
    @Test
    void layersWithinStepsCarryNothing() {
        try (Model model = Sequential.of(Input.shape(4, 5, 3), TimeDistributed.of(Lstm.units(6)),
                Lstm.units(3).named("over"))) {
            model.initialize(2);
            Tensor x = NormalTensor.of(3, 33, 4, 5, 3);
            Predicted got = model.predictWithStates(x);
            assertEquals(Set.of("over"), got.states().layers());
            Bits.same(got.output().toArray(), model.predict(x).toArray(), "the output");
        }
    }

    @Test
    void whatDoesNotFitIsSaid() {
        Input in = Input.sequence(3);
        RecurrentOutput first = Lstm.units(4).returnSequences().returnState().named("first").on(in);
        RecurrentOutput second = Lstm.units(4).named("second").on(first.sequence(), first.state());
        Tensor x = NormalTensor.of(1, 2, 3, 3);
        Tensor fits = Tensor.zeros(2, 4);
        try (Model model = Model.of(in, second)) {
            says(model, x, LayerStates.ZERO.with("other", fits, fits), "no recurrent layer 'other'",
                    "[first, second]");
            says(model, x, LayerStates.ZERO.with("first", fits), "2 part(s), [(2, 4), (2, 4)], got 1", "h and c");
            says(model, x, LayerStates.ZERO.with("first", fits, Tensor.zeros(3, 4)), "part 1", "(2, 4)", "(3, 4)");
            says(model, x, LayerStates.ZERO.with("second", fits, fits), "begins at a state that the model computes");
            String none = assertThrows(IllegalArgumentException.class,
                    () -> model.predictWithStates(x).states().h("third")).getMessage();
            assertTrue(none.contains("'third'") && none.contains("[first, second]"), none);
        }
        try (Model model = Sequential.of(Input.sequence(3), Gru.units(4).named("only"))) {
            String alone = assertThrows(IllegalStateException.class,
                    () -> model.predictWithStates(x).states().c("only")).getMessage();
            assertTrue(alone.contains("'only' carries h alone"), alone);
        }
    }

    private static void says(Model model, Tensor x, LayerStates start, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, () -> model.predictWithStates(x, start))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
