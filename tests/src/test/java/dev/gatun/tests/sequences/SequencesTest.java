package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.Refusing;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Issue G: sequences of several lengths in, results in the user's order out, with the bits of each alone. */
final class SequencesTest {

    private static final int COUNT = 70;

    private static Sequences x() {
        Random random = new Random(3);
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add(NormalTensor.of(i, 1 + random.nextInt(20), 3));
        }
        return Sequences.of(all);
    }

    private static float[] alone(Model model, Tensor sequence) {
        return model.predict(sequence.reshape(1, sequence.shape().dim(0), 3)).toArray();
    }

    @Test
    void eachHasTheBitsThatItHasAlone() {
        Sequences x = x();
        try (Model steps = Sequential.of(Input.sequence(3), Bidirectional.of(Lstm.units(9).returnSequences()),
                Dense.units(2));
                Model last = Sequential.of(Input.sequence(3), Lstm.units(20).returnSequences(), Lstm.units(6),
                        Dense.units(4));
                Predictor predictor = last.predictor()) {
            steps.initialize(1);
            last.initialize(2);
            List<Tensor> ofSteps = steps.predict(x);
            List<Tensor> ofLast = last.predict(x);
            List<Tensor> ofPredictor = predictor.predict(x);
            assertEquals(COUNT, ofSteps.size());
            for (int i = 0; i < COUNT; i++) {
                assertArrayEquals(new long[] {x.lengths()[i], 2}, ofSteps.get(i).shape().toArray());
                Bits.same(ofSteps.get(i).toArray(), alone(steps, x.get(i)), "steps of sequence " + i);
                assertArrayEquals(new long[] {4}, ofLast.get(i).shape().toArray());
                Bits.same(ofLast.get(i).toArray(), alone(last, x.get(i)), "end of sequence " + i);
                Bits.same(ofPredictor.get(i).toArray(), ofLast.get(i).toArray(), "a predictor's");
            }
        }
    }

    /** Masks of any pattern are sorted inside too, and a model may declare batch and length. */
    @Test
    void paddedDataComeBackInTheirOrder() {
        Sequences x = x();
        try (Model open = Sequential.of(Input.sequence(3), Lstm.units(9).returnSequences().named("a"));
                Model fixed = Sequential.of(Input.batchShape(14, 20, 3), Lstm.units(9).returnSequences().named("a"))) {
            open.initialize(4);
            fixed.initialize(4);
            float[] padded = open.predict(x.padded(), x.mask()).toArray();
            int time = (int) x.padded().shape().dim(1);
            List<Tensor> own = open.predict(x);
            List<Tensor> ofFixed = fixed.predict(x);
            for (int i = 0; i < COUNT; i++) {
                float[] row = new float[x.lengths()[i] * 9];
                System.arraycopy(padded, i * time * 9, row, 0, row.length);
                Bits.same(row, own.get(i).toArray(), "sequence " + i);
                Bits.same(ofFixed.get(i).toArray(), row, "of a model of fixed sizes, sequence " + i);
            }
        }
    }

    @Test
    void idsAreSequencesToo() {
        try (Model model = Sequential.of(Input.ints(Shape.UNKNOWN), Embedding.of(9, 4), Lstm.units(5))) {
            Sequences ids = Sequences.of(List.of(Tensor.ofInts(new int[] {1, 2, 3}, 3),
                    Tensor.ofInts(new int[] {8}, 1), Tensor.ofInts(new int[] {0, 5}, 2)));
            List<Tensor> made = model.predict(ids);
            Bits.same(made.get(1).toArray(), model.predict(Tensor.ofInts(new int[] {8}, 1, 1)).toArray(), "one id");
            Bits.same(made.get(2).toArray(), model.predict(Tensor.ofInts(new int[] {0, 5}, 1, 2)).toArray(), "two");
        }
    }

    private static Model trained() {
        Model model = Sequential.of(Input.sequence(3), Lstm.units(9).returnSequences(), Dense.units(1));
        model.initialize(6);
        return model;
    }

    @Test
    void trainingOnThemIsTrainingOnPaddedDataWithLengths() {
        Sequences x = x();
        List<Tensor> targets = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            targets.add(NormalTensor.of(100 + i, x.lengths()[i], 1));
        }
        Sequences y = Sequences.of(targets);
        try (Model ragged = trained(); Model padded = trained()) {
            Trainer.of(ragged).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(2).fit(Samples.of(x, y));
            Trainer.of(padded).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(2)
                    .fit(x.padded(), y.padded(), Mask.lengths(x.lengths()));
            for (int i = 0; i < ragged.weights().size(); i++) {
                Bits.same(ragged.weights().get(i).get().toArray(), padded.weights().get(i).get().toArray(),
                        "weight " + i);
            }
        }
    }

    /** Which is drawn from seed and epoch, so that a resumed training goes on with it. */
    @Test
    void batchesOfLikeLengthsAreRunInTheSameOrderEveryTime() {
        Sequences x = x();
        Tensor y = NormalTensor.of(9, COUNT, 2);
        List<List<float[]>> runs = new ArrayList<>();
        for (int threads : new int[] {1, 1, 2}) {
            try (Model model = ends().threads(threads)) {
                grouped(model).epochs(3).fit(Samples.of(x, y));
                runs.add(model.weights().stream().map(weight -> weight.get().toArray()).toList());
            }
        }
        Bits.same(runs.get(1), runs.get(0), "again");
        Bits.same(runs.get(2), runs.get(0), "on two threads");
        try (Model model = ends()) {
            grouped(model).epochs(1).fit(Samples.of(x, y));
            grouped(model).epochs(3).resume().fit(Samples.of(x, y));
            Bits.same(model.weights().stream().map(weight -> weight.get().toArray()).toList(), runs.get(0), "resumed");
            says(() -> grouped(model).fit(x.padded(), y), "groupByLength needs to know how long");
        }
    }

    /** Without shuffling and with one pool the batches are those of the data sorted by hand. */
    @Test
    void aPoolIsSortedByLength() {
        Sequences x = x();
        Tensor y = NormalTensor.of(9, COUNT, 2);
        int whole = COUNT / 8 * 8;
        int[] byLength = IntStream.concat(sorted(x, 0, whole), sorted(x, whole, COUNT)).toArray();
        Tensor sortedY = Tensor.zeros(COUNT, 2);
        for (int i = 0; i < COUNT; i++) {
            y.row(byLength[i]).copyTo(sortedY.row(i));
        }
        try (Model grouped = ends(); Model byHand = ends()) {
            grouped(grouped).shuffle(false).fit(Samples.of(x, y));
            grouped(byHand).groupByLength(false).shuffle(false).fit(Samples.of(x.chosen(byLength), sortedY));
            Bits.same(grouped.weights().stream().map(weight -> weight.get().toArray()).toList(),
                    byHand.weights().stream().map(weight -> weight.get().toArray()).toList(), "sorted by hand");
        }
    }

    private static IntStream sorted(Sequences x, int from, int to) {
        int[] lengths = x.lengths();
        return IntStream.range(from, to).boxed().sorted((one, other) -> lengths[other] - lengths[one])
                .mapToInt(i -> i);
    }

    private static Model ends() {
        Model model = Sequential.of(Input.sequence(3), Lstm.units(9), Dense.units(2));
        model.initialize(6);
        return model;
    }

    private static Trainer grouped(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).batchSize(8).groupByLength(true);
    }

    @Test
    void whatDoesNotFitIsSaid() {
        says(() -> Sequences.of(List.of()), "there are no sequences");
        says(() -> Sequences.of(new float[][] {{1, 2}}, new float[][] {{1, 2, 3}}), "sequence 1", "(1, 3)", "(1, 2)");
        says(() -> Sequences.of(List.of(Tensor.zeros(4))), "sequence 0", "(4,)", "[time, features]");
        says(() -> Sequences.of(List.of(Tensor.zeros(4, 1), Tensor.ofInts(new int[] {1}, 1))), "sequence 1",
                "all of one kind");
        Sequences two = Sequences.of(new float[3][2], new float[5][2]);
        says(() -> two.padded(4), "sequence 1", "5 steps, more than 4");
        says(() -> Samples.of(two, Sequences.of(new float[3][1], new float[4][1])), "sequence 1", "5 steps",
                "have 4");
        says(() -> Samples.of(two, Sequences.of(new float[3][1])), "2 sequences and 1");
        assertEquals("2 sequences of 3 to 5 steps", two.toString());
        try (Model model = Sequential.of(Input.shape(2, 2), Refusing.masks())) {
            says(() -> model.predict(Sequences.of(new float[1][2], new float[2][2])), "refusing");
        }
    }

    private static void says(Executable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
