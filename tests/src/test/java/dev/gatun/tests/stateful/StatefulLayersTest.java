package dev.gatun.tests.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Layers that go on in each run from where the one before has ended. */
class StatefulLayersTest {

    private static final int INPUTS = 3;

    private static RecurrentLayer<?> layer(int kind, int units) {
        return switch (kind) {
            case 0 -> Lstm.units(units);
            case 1 -> Gru.units(units);
            case 2 -> Gru.units(units).resetAfter(false);
            default -> SimpleRnn.units(units);
        };
    }

    private static Model stack(RecurrentLayer<?> layer, boolean stateful, int threads) {
        RecurrentLayer<?> first = layer.stateful(stateful).returnSequences(true).named("a");
        RecurrentLayer<?> second = layer.stateful(stateful).returnSequences(true).named("b");
        Model model = Sequential.of(Input.shape(-1, INPUTS), first, second, Dense.units(2).named("c"));
        model.initialize(5);
        return model.threads(threads);
    }

    private static Tensor x(int batch, int time, long seed) {
        return Tensor.of(EnginePass.uniform(batch * time * INPUTS, 1.5f, seed), batch, time, INPUTS);
    }

    private static Tensor steps(Tensor all, int first, int end) {
        int batch = (int) all.shape().dim(0);
        int time = (int) all.shape().dim(1);
        int columns = (int) all.shape().last();
        float[] part = new float[batch * (end - first) * columns];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(all.toArray(), (b * time + first) * columns, part, b * (end - first) * columns,
                    (end - first) * columns);
        }
        return Tensor.of(part, batch, end - first, columns);
    }

    /** Pieces one after the other give the bits of the whole, for any cut, number of threads, and after a reset. */
    @Property(tries = 60)
    void piecesAreTheWhole(
            @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(min = 1, max = 40) int units,
            @ForAll @IntRange(min = 1, max = 40) int batch, @ForAll @IntRange(min = 2, max = 9) int time,
            @ForAll @IntRange(min = 1, max = 8) int at, @ForAll @IntRange(min = 1, max = 2) int threads) {
        int cut = Math.min(at, time - 1);
        Tensor x = x(batch, time, 7);
        try (Model model = stack(layer(kind, units), true, threads);
                Model plain = stack(layer(kind, units), false, 1)) {
            Tensor whole = plain.predict(x);
            for (int round = 0; round < 2; round++) {
                Bits.same(model.predict(steps(x, 0, cut)).toArray(), steps(whole, 0, cut).toArray(), "first piece");
                Bits.same(model.predict(steps(x, cut, time)).toArray(), steps(whole, cut, time).toArray(), "second");
                model.resetStates();
            }
        }
    }

    @Test
    void aSmallerBatchLeavesTheOthersWhereTheyAre() {
        Tensor x = x(5, 6, 7);
        try (Model model = stack(Lstm.units(9), true, 1); Model plain = stack(Lstm.units(9), false, 1)) {
            Tensor whole = plain.predict(x);
            Tensor two = rows(x, 0, 2);
            Bits.same(model.predict(steps(two, 0, 2)).toArray(), steps(rows(whole, 0, 2), 0, 2).toArray(), "two");
            // Three more begin at zeros, the two go on.
            float[] got = model.predict(steps(x, 2, 4)).toArray();
            Tensor restFromZeros = plain.predict(steps(rows(x, 2, 3), 2, 4));
            Bits.same(Arrays.copyOf(got, 8), steps(rows(whole, 0, 2), 2, 4).toArray(), "the two");
            Bits.same(Arrays.copyOfRange(got, 8, 20), restFromZeros.toArray(), "the three");
            // The first alone, and then all: the others did not move.
            model.predict(steps(rows(x, 0, 1), 4, 5));
            float[] all = model.predict(steps(x, 4, 6)).toArray();
            Bits.same(Arrays.copyOfRange(all, 4, 8), steps(rows(whole, 1, 1), 4, 6).toArray(), "the second");
        }
    }

    private static Tensor rows(Tensor all, int first, int count) {
        int each = (int) (all.shape().elements() / all.shape().dim(0));
        return Tensor.of(Arrays.copyOfRange(all.toArray(), first * each, (first + count) * each),
                all.shape().with(0, count).toArray());
    }

    @Test
    void declaredBatchesFollowOneAnother() {
        Lstm lstm = Lstm.units(4).stateful();
        try (Model declared = Sequential.of(Input.batchShape(2, 3, INPUTS), lstm);
                Model plain = Sequential.of(Input.shape(-1, INPUTS), lstm.stateful(false))) {
            Tensor x = x(4, 3, 7);
            float[] got = declared.predict(x).toArray();
            float[] first = rows(x, 0, 2).toArray();
            float[] second = rows(x, 2, 2).toArray();
            float[] joined = new float[first.length * 2];
            for (int b = 0; b < 2; b++) {
                System.arraycopy(first, b * 9, joined, b * 18, 9);
                System.arraycopy(second, b * 9, joined, b * 18 + 9, 9);
            }
            Bits.same(Arrays.copyOfRange(got, 8, 16), plain.predict(Tensor.of(joined, 2, 6, INPUTS)).toArray(),
                    "sample i of the second batch goes on from sample i of the first");
        }
    }

    @Test
    void doorsHaveStatesOfTheirOwn() {
        Tensor x = x(3, 4, 7);
        try (Model model = stack(Gru.units(6), true, 1); Model plain = stack(Gru.units(6), false, 1)) {
            float[] fromZeros = plain.predict(x).toArray();
            model.predict(x);
            try (Predictor predictor = model.predictor(); Predictor inner = model.upTo("a")) {
                Bits.same(predictor.predict(x).toArray(), fromZeros, "a predictor begins at zeros");
                float[] second = predictor.predict(x).toArray();
                assertFalse(Arrays.equals(second, fromZeros), "and goes on");
                Bits.same(model.predict(x).toArray(), second, "as the model does");
                predictor.resetStates();
                Bits.same(predictor.predict(x).toArray(), fromZeros, "a predictor that was reset");
                float[] firstOfA = inner.predict(x).toArray();
                assertFalse(Arrays.equals(inner.predict(x).toArray(), firstOfA), "a layer within goes on");
            }
        }
    }

    /** A stream goes on by itself, and does so once. */
    @Test
    void streamsCarryOnce() {
        Tensor x = x(2, 5, 7);
        try (Model model = stack(Lstm.units(6), true, 1); Model plain = stack(Lstm.units(6), false, 1)) {
            Tensor whole = plain.predict(x);
            model.predict(x);
            try (ModelStream stream = model.stream(2)) {
                float[] result = new float[stream.outputLength()];
                for (int t = 0; t < 5; t++) {
                    stream.step(MemorySegment.ofArray(steps(x, t, t + 1).toArray()), MemorySegment.ofArray(result));
                    Bits.same(result, steps(whole, t, t + 1).toArray(), "step " + t);
                }
            }
            model.resetStates();
            Bits.same(model.predict(x).toArray(), whole.toArray(), "the model heard nothing of it");
        }
    }

    @Test
    void warmingUpMovesNothing() {
        Tensor x = x(2, 3, 7);
        try (Model model = stack(Lstm.units(6), true, 1); Model plain = stack(Lstm.units(6), false, 1)) {
            model.warmUp(Shape.of(2, 3, INPUTS));
            Bits.same(model.predict(x).toArray(), plain.predict(x).toArray(), "after warming up");
        }
    }

    /** Steps that a mask leaves out before the first valid one are zeros, though the state goes on. */
    @Test
    void masksGoWithIt() {
        float[] numbers = EnginePass.uniform(4 * INPUTS, 1.5f, 3);
        Arrays.fill(numbers, 0, INPUTS, 0);
        Tensor x = Tensor.of(numbers, 1, 4, INPUTS);
        try (Model model = Sequential.of(Input.shape(-1, INPUTS), Masking.value(0),
                Lstm.units(3).returnSequences().stateful())) {
            model.predict(x);
            float[] second = model.predict(x).toArray();
            Bits.same(Arrays.copyOf(second, 3), new float[3], "masked step");
        }
    }

    @Test
    void bothDirectionsGoOn() {
        Tensor x = x(2, 4, 7);
        Lstm half = Lstm.units(3).returnSequences().stateful();
        Input in = Input.shape(4, INPUTS);
        try (Model both = Model.of(in, Bidirectional.of(half).on(in));
                Model forward = Sequential.of(Input.shape(4, INPUTS), half);
                Model backward = Sequential.of(Input.shape(4, INPUTS), half.goBackwards())) {
            for (int i = 0; i < 3; i++) {
                forward.weights().get(i).set(both.weights().get(i).get());
                backward.weights().get(i).set(both.weights().get(i + 3).get());
            }
            for (int call = 0; call < 3; call++) {
                float[] got = both.predict(x).toArray();
                float[] there = forward.predict(x).toArray();
                float[] back = backward.predict(x).toArray();
                for (int row = 0; row < 8; row++) {
                    int turned = row / 4 * 4 + 3 - row % 4;
                    Bits.same(Arrays.copyOfRange(got, row * 6, row * 6 + 3),
                            Arrays.copyOfRange(there, row * 3, row * 3 + 3), "forward, call " + call);
                    Bits.same(Arrays.copyOfRange(got, row * 6 + 3, row * 6 + 6),
                            Arrays.copyOfRange(back, turned * 3, turned * 3 + 3), "backward, call " + call);
                }
            }
        }
    }

    @Test
    void aFileKeepsTheOptionAndNotTheStates() throws IOException {
        Tensor x = x(2, 4, 7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Model model = stack(Lstm.units(3), true, 1)) {
            float[] fromZeros = model.predict(x).toArray();
            model.save(out, "gatun");
            try (Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()))) {
                Bits.same(loaded.predict(x).toArray(), fromZeros, "loaded");
                Bits.same(loaded.predict(x).toArray(), model.predict(x).toArray(), "and it goes on");
                assertTrue(((Lstm) loaded.graph().layers().get(1).layer()).isStateful());
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Lstm lstm = Lstm.units(3).stateful().named("memory");
        Input in = Input.shape(4, INPUTS);
        refused("memory", "called twice", () -> Model.of(in, lstm.on(in), lstm.on(in)));
        Input many = Input.shape(2, 4, INPUTS);
        refused("stateful LSTM", "stateful(false)", () -> Model.of(many, TimeDistributed.of(lstm).on(many)));
        refused("stateful", "layer and", () -> Bidirectional.of(Lstm.units(3).stateful(), Lstm.units(3).goBackwards()));
    }

    private static void refused(String one, String other, Executable what) {
        String said = assertThrows(IllegalArgumentException.class, what).getMessage();
        assertTrue(said.contains(one) && said.contains(other), said);
        assertEquals(1, said.lines().count());
    }

    /** A report of another engine: zeros in, zeros out, in every call, and no call takes memory. */
    @Test
    void zerosStayZerosAndMemoryIsFlat() {
        try (Model model = Sequential.of(Input.shape(16, 4), Lstm.units(32).stateful(), Dense.units(4))) {
            Tensor x = Tensor.zeros(1, 16, 4);
            Bits.same(model.predict(x).toArray(), new float[4], "the first call");
            long bytes = model.network().arena().allocatedBytes();
            for (int call = 0; call < 50; call++) {
                Bits.same(model.predict(x).toArray(), new float[4], "call " + call);
            }
            assertEquals(bytes, model.network().arena().allocatedBytes());
        }
    }

    @Test
    void aModelWithoutSuchLayersHasNothingToReset() {
        Tensor x = x(2, 3, 7);
        try (Model model = stack(Lstm.units(3), false, 1)) {
            float[] first = model.predict(x).toArray();
            model.resetStates();
            Bits.same(model.predict(x).toArray(), first, "the same");
        }
    }
}
