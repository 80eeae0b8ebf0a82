package dev.gatun.tests.sequences;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences of ids in batches of like lengths: an embedding is stepped by rows, whichever batch they occur in. */
final class GroupedIdsTest {

    private static final int COUNT = 27;
    private static final int BATCH = 8;
    private static final int[] VOCABULARY = {5, -3, 11, 40, 2, 7, 90, 8};

    private static Sequences ids() {
        Random random = new Random(11);
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int[] ids = random.ints(1 + random.nextInt(12), 0, VOCABULARY.length - 2).map(at -> VOCABULARY[at])
                    .toArray();
            all.add(Tensor.ofInts(ids, ids.length));
        }
        return Sequences.of(all);
    }

    /** Of the last two of the vocabulary none occurs. */
    private static Model model(boolean maskZero) {
        Layer lookup = IntegerLookup.of(VOCABULARY).oovIndices(1);
        Model model = Sequential.of(Input.ints(Shape.UNKNOWN), lookup, Embedding.of(9, 4).maskZero(maskZero),
                Lstm.units(6),
                Dense.units(2));
        model.initialize(3);
        return model;
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.05)).loss(Loss.MSE).batchSize(BATCH).epochs(3);
    }

    private static void same(Model got, Model expected, String what) {
        for (int i = 0; i < expected.weights().size(); i++) {
            Bits.same(got.weights().get(i).get().toArray(), expected.weights().get(i).get().toArray(),
                    what + ", " + expected.weights().get(i).name());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBatchesAreThoseSortedByHand(boolean maskZero) {
        Sequences x = ids();
        Tensor y = NormalTensor.of(4, COUNT, 2);
        int[] lengths = x.lengths();
        int whole = COUNT / BATCH * BATCH;
        Comparator<Integer> longest = Comparator.comparing(sample -> -lengths[sample]);
        int[] order = IntStream.concat(IntStream.range(0, whole).boxed().sorted(longest).mapToInt(i -> i),
                IntStream.range(whole, COUNT).boxed().sorted(longest).mapToInt(i -> i)).toArray();
        Tensor sorted = Tensor.zeros(COUNT, 2);
        for (int i = 0; i < COUNT; i++) {
            y.row(order[i]).copyTo(sorted.row(i));
        }
        Sequences byHand = x.chosen(order);
        try (Model grouped = model(maskZero); Model given = model(maskZero); Model first = model(maskZero)) {
            trainer(grouped).groupByLength(true).shuffle(false).fit(Samples.of(x, y));
            trainer(given).shuffle(false).fit(byHand.padded(), sorted, Mask.lengths(byHand.lengths()));
            same(grouped, given, "sorted by hand");
            float[] before = first.weight("embedding/embeddings").get().toArray();
            float[] after = grouped.weight("embedding/embeddings").get().toArray();
            Bits.same(Arrays.copyOfRange(after, 7 * 4, 9 * 4), Arrays.copyOfRange(before, 7 * 4, 9 * 4),
                    "rows that do not occur");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResumedTrainingIsTheStraightOne(boolean maskZero) {
        Samples samples = Samples.of(ids(), NormalTensor.of(5, COUNT, 2));
        try (Model straight = model(maskZero); Model resumed = model(maskZero).threads(2)) {
            trainer(straight).groupByLength(true).fit(samples);
            trainer(resumed).groupByLength(true).epochs(1).fit(samples);
            trainer(resumed).groupByLength(true).resume().fit(samples);
            same(resumed, straight, "resumed");
        }
    }
}
