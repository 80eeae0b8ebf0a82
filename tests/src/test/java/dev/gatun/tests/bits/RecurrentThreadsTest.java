package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A recurrent layer on several threads gives the bits of one, outputs and gradients: whether members share rows or units, whether
 * steps are left out, and in a plan that was made for more.
 */
final class RecurrentThreadsTest {

    private static Model model(int inputs, int units, boolean masked) {
        Input x = Input.sequence(inputs).named("x");
        Input mask = Input.mask(Shape.UNKNOWN).named("mask");
        Lstm lstm = Lstm.units(units).returnSequences().returnState().named("lstm");
        if (!masked) {
            RecurrentOutput output = lstm.on(x);
            return weights(Model.of(List.of(x), List.of(output, output.state().h(), output.state().c())));
        }
        var call = lstm.call(new CallArguments<>(List.of(x), List.of(), mask));
        return weights(Model.of(List.of(x, mask), List.of(call.output(0), call.output(1), call.output(2))));
    }

    private static Model weights(Model model) {
        return RandomWeights.into(model, 0.4f, 3);
    }

    /** Every third step of a row is left out, and one row has none at all. */
    private static List<Tensor> inputs(int batch, int time, int inputs, boolean masked) {
        List<Tensor> all = new ArrayList<>(
                List.of(Tensor.of(EnginePass.uniform(batch * time * inputs, 1, 5), batch, time, inputs)));
        if (masked) {
            int[][] steps = new int[batch][time];
            for (int row = 0; row < batch; row++) {
                for (int step = 0; step < time; step++) {
                    steps[row][step] = row == 1 || (row + step) % 3 == 2 ? 0 : 1;
                }
            }
            all.add(Tensor.ofInts(steps));
        }
        return all;
    }

    private static void same(Model got, Model expected, List<Tensor> inputs, String what) {
        List<float[]> cotangents = EnginePass.cotangents(expected, inputs, 9);
        Bits.same(EnginePass.of(got, inputs, cotangents).all(), EnginePass.of(expected, inputs, cotangents).all(),
                what);
        Bits.same(predict(got, inputs), predict(expected, inputs), what + ", predicted");
    }

    private static List<float[]> predict(Model model, List<Tensor> inputs) {
        return model.predict(inputs).stream().map(Tensor::toArray).toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 3, 20", "1, 5, 8, 40", "3, 4, 8, 40", "7, 4, 3, 33", "9, 5, 8, 40", "13, 3, 3, 20",
        "2, 1, 5, 50"})
    void severalThreadsAreOne(int batch, int time, int inputs, int units) {
        for (boolean masked : new boolean[] {false, true}) {
            try (Model one = model(inputs, units, masked); Model several = model(inputs, units, masked)) {
                for (int threads = 2; threads <= 3; threads++) {
                    several.threads(threads);
                    same(several, one, inputs(batch, time, inputs, masked), threads + " threads, masked " + masked);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aSmallerRunInALargerPlanIsOneOfItsOwn(int threads) {
        for (int inputs : new int[] {3, 8}) {
            for (boolean masked : new boolean[] {false, true}) {
                try (Model large = model(inputs, 20, masked); Model small = model(inputs, 20, masked)) {
                    List<Tensor> all = inputs(13, 9, inputs, masked);
                    EnginePass.of(large.threads(threads), all, EnginePass.cotangents(large, all, 1));
                    large.predict(all);
                    for (int batch : new int[] {9, 5, 2}) {
                        same(large, small, inputs(batch, 4, inputs, masked), batch + " rows, masked " + masked);
                    }
                }
            }
        }
    }

    /** Steps that are left out of a batch, each row's own: its sequence is that of the others. */
    @ParameterizedTest
    @CsvSource({"4, 7, 3, 20", "6, 7, 8, 20"})
    void whatIsLeftOutOfARowIsNotThere(int batch, int time, int inputs, int units) {
        try (Model masked = model(inputs, units, true); Model plain = model(inputs, units, false)) {
            List<Tensor> all = inputs(batch, time, inputs, true);
            List<float[]> cotangents = EnginePass.cotangents(masked, all, 2);
            EnginePass pass = EnginePass.of(masked, all, cotangents);
            Bits.same(predict(masked, all), pass.outputs(), "predicted and trained");
            int[] steps = all.get(1).toIntArray();
            for (int row = 0; row < batch; row++) {
                List<Integer> counted = new ArrayList<>();
                for (int step = 0; step < time; step++) {
                    if (steps[row * time + step] != 0) {
                        counted.add(row * time + step);
                    }
                }
                if (counted.isEmpty()) {
                    continue;
                }
                Tensor x = Tensor.of(gathered(all.getFirst().toArray(), counted, inputs), 1, counted.size(), inputs);
                List<float[]> expected = predict(plain, List.of(x));
                Bits.same(gathered(pass.outputs().getFirst(), counted, units), expected.getFirst(), "row " + row);
                for (int state = 1; state <= 2; state++) {
                    Bits.same(gathered(pass.outputs().get(state), List.of(row), units), expected.get(state),
                            "row " + row + ", state " + state);
                }
            }
        }
    }

    /** Gates of more rows than are made at a time: a row does not see which others there are. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aSequenceInPiecesIsThatOfASmallerBatch(int threads) {
        int batch = 4096;
        int time = 6;
        assertTrue(RecurrentMemory.chunk(new RecurrentSizes(batch, time, 3, 1, 4)) < time);
        assertEquals(time, RecurrentMemory.chunk(new RecurrentSizes(batch / 2, time, 3, 1, 4)));
        try (Model large = model(3, 1, false); Model small = model(3, 1, false)) {
            List<Tensor> all = inputs(batch, time, 3, false);
            List<float[]> cotangents = EnginePass.cotangents(large, all, 2);
            EnginePass whole = EnginePass.of(large.threads(threads), all, cotangents);
            Bits.same(predict(large, all), whole.outputs(), "predicted and trained");
            EnginePass half = EnginePass.of(small,
                    List.of(Tensor.of(half(all.getFirst().toArray()), batch / 2, time, 3)),
                    cotangents.stream().map(RecurrentThreadsTest::half).toList());
            Bits.same(whole.outputs().stream().map(RecurrentThreadsTest::half).toList(), half.outputs(), "outputs");
            Bits.same(half(whole.inputs().getFirst()), half.inputs().getFirst(), "gradient of x");
        }
    }

    /** The same for few rows and a long sequence, of which members share units, or each has a direction of its own. */
    @Test
    void aLongSequenceInPiecesIsThatOfASmallerBatch() {
        int time = 1200;
        assertTrue(RecurrentMemory.chunk(new RecurrentSizes(7, time, 3, 17, 4)) < time);
        assertEquals(time, RecurrentMemory.chunk(new RecurrentSizes(3, time, 3, 17, 4)));
        List<Tensor> all = inputs(7, time, 3, false);
        List<Tensor> first = List.of(Tensor.of(Arrays.copyOf(all.getFirst().toArray(), 3 * time * 3), 3, time, 3));
        for (boolean bothWays : new boolean[] {false, true}) {
            try (Model large = bothWays ? sides(3) : model(3, 17, false);
                    Model small = bothWays ? sides(3) : model(3, 17, false)) {
                List<float[]> expected = predict(small, first);
                for (int threads = 1; threads <= 2; threads++) {
                    List<float[]> got = predict(large.threads(threads), all);
                    for (int i = 0; i < got.size(); i++) {
                        Bits.same(Arrays.copyOf(got.get(i), expected.get(i).length), expected.get(i), "output " + i);
                    }
                }
            }
        }
    }

    private static float[] half(float[] values) {
        return Arrays.copyOf(values, values.length / 2);
    }

    /** Units that pad the last group are nobody's, whichever member's row has an infinite input. */
    @Test
    void infinityStaysInTheRowsThatHaveIt() {
        try (Model one = model(8, 20, false); Model two = model(8, 20, false)) {
            float[] x = EnginePass.uniform(9 * 5 * 8, 1, 5);
            x[(7 * 5 + 4) * 8] = Float.POSITIVE_INFINITY;
            same(two.threads(2), one, List.of(Tensor.of(x, 9, 5, 8)), "two threads");
        }
    }

    private static float[] gathered(float[] rows, List<Integer> which, int columns) {
        float[] result = new float[which.size() * columns];
        for (int i = 0; i < which.size(); i++) {
            System.arraycopy(rows, which.get(i) * columns, result, i * columns, columns);
        }
        return result;
    }

    /** The directions over one sequence, each by a thread of its own: chained steps, and a product over many. */
    @ParameterizedTest
    @CsvSource({"1, 9, 3", "3, 9, 3", "6, 9, 8", "7, 20, 3"})
    void sidesAreLayersOneAfterTheOther(int batch, int time, int inputs) {
        try (Model one = sides(inputs); Model two = sides(inputs)) {
            List<Tensor> all = inputs(batch, time, inputs, false);
            Bits.same(predict(two.threads(2), all), predict(one, all), "two threads");
        }
    }

    private static Model sides(int inputs) {
        Input x = Input.sequence(inputs).named("x");
        RecurrentOutput there = Lstm.units(17).returnSequences().returnState().named("there").on(x);
        RecurrentOutput back = Lstm.units(17).goBackwards().named("back").on(x);
        List<Node> sides = List.of(there, there.state().h(), there.state().c(), back);
        return weights(Model.of(List.of(x), sides));
    }
}
