package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Whole numbers as counts, as vectors, and as ids of a vocabulary. */
final class CategoriesTest {

    private static final int[][] IDS = {{3, 0, 3, 1}, {2, 2, 2, 0}};

    private static void said(Executable call, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }

    @Test
    void countsSayHowOftenAndByHowMuch() {
        CategoryEncoding counting = CategoryEncoding.tokens(4).outputMode("count");
        try (Model model = Sequential.of(Input.ints(4), counting)) {
            assertArrayEquals(new float[] {1, 1, 0, 2, 1, 0, 3, 0}, model.predict(Tensor.ofInts(IDS)).toArray());
        }
        Input ids = Input.ints(4);
        Input weights = Input.shape(4);
        try (Model model = Model.of(List.of(ids, weights), List.of(counting.on(ids, weights)))) {
            Tensor w = Tensor.of(new float[] {1, 2, 0.5f, 4, 0.25f, 8, -1, 3}, 2, 4);
            assertArrayEquals(new float[] {2, 4, 0, 1.5f, 3, 0, 7.25f, 0},
                    model.predict(List.of(Tensor.ofInts(IDS), w)).getFirst().toArray());
        }
        said(() -> Model.of(List.of(ids, weights), List.of(CategoryEncoding.tokens(4).on(ids, weights))), "count");
        Input three = Input.shape(3);
        said(() -> Model.of(List.of(ids, three), List.of(counting.on(ids, three))), "weight for each", "(None, 3)");
        said(() -> Model.of(List.of(weights), List.of(counting.on(weights))), "int32", "float32");
    }

    @Test
    void aKerasModelCountsByWeights() {
        String json = """
                {"class_name": "Functional", "config": {"name": "f", "layers": [
                  {"class_name": "InputLayer", "name": "ids", "inbound_nodes": [],
                   "config": {"name": "ids", "batch_shape": [null, 4], "dtype": "int64"}},
                  {"class_name": "InputLayer", "name": "w", "inbound_nodes": [],
                   "config": {"name": "w", "batch_shape": [null, 4], "dtype": "float32"}},
                  {"class_name": "CategoryEncoding", "name": "c", "config": {"name": "c", "num_tokens": 4,
                   "output_mode": "count"}, "inbound_nodes": [{"args": [%s], "kwargs": {"count_weights": %s}}]}],
                 "input_layers": [["ids", 0, 0], ["w", 0, 0]], "output_layers": [["c", 0, 0]]}}
                """;
        String tensor = "{\"class_name\": \"__keras_tensor__\", \"config\": {\"keras_history\": [\"%s\", 0, 0]}}";
        try (Model model = KerasConfig.model(String.format(json, String.format(tensor, "ids"),
                String.format(tensor, "w")), 3)) {
            Tensor w = Tensor.of(new float[] {1, 2, 0.5f, 4, 0.25f, 8, -1, 3}, 2, 4);
            assertArrayEquals(new float[] {2, 4, 0, 1.5f, 3, 0, 7.25f, 0},
                    model.predict(List.of(Tensor.ofInts(IDS), w)).getFirst().toArray());
        }
    }

    @Test
    void stepsThatDoNotCountAreLeftOut() {
        Mask mask = Mask.of(new boolean[][] {{true, true, false, false}, {false, true, true, true}});
        try (Model counts = Sequential.of(Input.ints(4), CategoryEncoding.tokens(4).outputMode(OutputMode.COUNT));
                Model each = Sequential.of(Input.ints(4), CategoryEncoding.tokens(4).outputMode(OutputMode.ONE_HOT))) {
            assertArrayEquals(new float[] {1, 0, 0, 1, 1, 0, 2, 0},
                    counts.predict(Tensor.ofInts(IDS), mask).toArray());
            float[] vectors = each.predict(Tensor.ofInts(IDS), mask).toArray();
            assertEquals(1, vectors[3]);
            assertArrayEquals(new float[4], Arrays.copyOfRange(vectors, 8, 12));
        }
    }

    @Test
    void oneIdIsNoSequence() {
        CategoryEncoding each = CategoryEncoding.tokens(3).outputMode(OutputMode.ONE_HOT);
        try (Model model = Sequential.of(Input.ints(1), each, Dense.units(2)); Model any = Sequential.of(each)) {
            assertEquals(2, model.predict(Tensor.ofInts(new int[][] {{2}, {0}})).shape().rank());
            assertEquals(3, any.predict(Tensor.ofInts(new int[][] {{2}, {0}})).shape().rank());
        }
    }

    @Test
    void idsThatAreNotThereAreRefusedWithTheirPlace() {
        try (Model model = Sequential.of(CategoryEncoding.tokens(3).named("c"), Dense.units(2))) {
            said(() -> model.predict(Tensor.ofInts(IDS)), "'c'", "id 3", "sample 0", "step 0", "0 to 2");
            said(() -> model.predict(Tensor.ofInts(new int[][] {{0, 1}, {2, -1}})), "id -1", "sample 1", "step 1");
        }
        said(() -> CategoryEncoding.tokens(0), "num_tokens", "0");
        said(() -> CategoryEncoding.tokens(3).outputMode("int"), "output_mode", "int");
        said(() -> CategoryEncoding.tokens(3).outputMode("tf_idf"), "output_mode", "tf_idf");
        said(() -> Sequential.of(Input.ints(), CategoryEncoding.tokens(3).named("c")), "'c'", "[batch, time]");
    }

    /** The case of Keras's oracles by hand: padding 0, two ids for what is unknown, then the vocabulary. */
    @Test
    void numbersOfAVocabularyBecomeIds(@TempDir Path folder) throws IOException {
        IntegerLookup lookup = IntegerLookup.of(4, 2, 9).oovIndices(2).maskToken(0);
        Path file = folder.resolve("lookup.gatun");
        int[][] numbers = {{4, 2, 9, 0}, {7, -3, 100, -4}};
        int[] ids = {3, 4, 5, 0, 2, 2, 1, 1};
        try (Model model = Sequential.of(lookup)) {
            assertEquals(6, lookup.ids());
            Tensor got = model.predict(Tensor.ofInts(numbers));
            assertEquals(DataType.INT32, got.type());
            assertArrayEquals(ids, got.toIntArray());
            said(() -> Trainer.of(model).loss(Loss.MSE).fit(Tensor.ofInts(numbers), Tensor.zeros(2, 4)),
                    "whole numbers");
            model.save(file);
        }
        try (Model loaded = Model.load(file)) {
            assertArrayEquals(ids, loaded.predict(Tensor.ofInts(numbers)).toIntArray());
        }
        IntegerLookup back = lookup.invert();
        try (Model model = Sequential.of(back)) {
            assertArrayEquals(new int[] {0, -1, -1, 4, 2, 9, -1, -1},
                    model.predict(Tensor.ofInts(new int[][] {{0, 1, 2, 3, 4, 5, 6, -7}})).toIntArray());
        }
    }

    @Test
    void idsOfAVocabularyAreEmbeddedTrainedAndStreamed() {
        int[][] numbers = {{400, 20, -9, 0}, {7, 20, 20, 400}, {0, 0, -9, 400}};
        IntegerLookup lookup = IntegerLookup.of(400, 20, -9).maskToken(0).named("lookup");
        Embedding embedding = Embedding.of(lookup.ids(), 6).maskZero().named("words");
        int[][] ids = {{2, 3, 4, 0}, {1, 3, 3, 2}, {0, 0, 4, 2}};
        Tensor y = Tensor.of(new float[] {1, 2, 3}, 3, 1);
        try (Model model = Sequential.of(lookup, embedding, Lstm.units(4), Dense.units(1));
                Model plain = Sequential.of(embedding, Lstm.units(4), Dense.units(1))) {
            for (Model each : List.of(model, plain)) {
                each.initialize(3);
            }
            for (int i = 0; i < model.weights().size(); i++) {
                plain.weights().get(i).set(model.weights().get(i).get());
            }
            Trainer.of(model).optimizer(Adam.rate(0.1)).loss(Loss.MSE).epochs(4).fit(Tensor.ofInts(numbers), y);
            Trainer.of(plain).optimizer(Adam.rate(0.1)).loss(Loss.MSE).epochs(4).fit(Tensor.ofInts(ids), y);
            Tensor whole = model.predict(Tensor.ofInts(numbers));
            Bits.same(whole.toArray(), plain.predict(Tensor.ofInts(ids)).toArray(), "trained");
            try (ModelStream stream = model.stream(3)) {
                float[] result = new float[3];
                for (int t = 0; t < 4; t++) {
                    stream.step(MemorySegment.ofArray(new int[] {numbers[0][t], numbers[1][t], numbers[2][t]}),
                            MemorySegment.ofArray(result));
                }
                Bits.same(result, whole.toArray(), "streamed");
            }
        }
    }

    @Test
    void lookupsMakeVectorsToo() {
        IntegerLookup lookup = IntegerLookup.of(12, 36, 1138, 42);
        int[][] numbers = {{12, 1138, 42, 42}, {42, 7, 36, 7}};
        try (Model many = Sequential.of(lookup.outputMode("multi_hot"));
                Model counts = Sequential.of(lookup.outputMode(OutputMode.COUNT));
                Model padded = Sequential.of(
                        lookup.maxTokens(7).outputMode(OutputMode.COUNT).padToMaxTokens(true).maskToken(7))) {
            assertArrayEquals(new float[] {0, 1, 0, 1, 1, 1, 0, 1, 0, 1},
                    many.predict(Tensor.ofInts(numbers)).toArray());
            assertArrayEquals(new float[] {0, 1, 0, 1, 2, 2, 0, 1, 0, 1},
                    counts.predict(Tensor.ofInts(numbers)).toArray());
            assertArrayEquals(new float[] {0, 1, 0, 1, 2, 0, 0, 0, 0, 1, 0, 1, 0, 0},
                    padded.predict(Tensor.ofInts(numbers)).toArray());
        }
    }

    @Test
    void aVocabularyIsFoundInData() {
        Tensor data = Tensor.ofInts(new int[][] {{5, 5, 5, 9}, {9, 7, -1, 0}, {0, 0, 0, 8}});
        assertEquals(List.of(5, 9, 8, 7), IntegerLookup.of(1).maskToken(0).adapt(data).vocabulary());
        assertEquals(List.of(0, 5, 9, 8, 7), IntegerLookup.of(1).adapt(data).vocabulary());
        assertEquals(List.of(0, 5), IntegerLookup.of(1).maxTokens(3).adapt(data).vocabulary());
        assertEquals(List.of(4, 2), IntegerLookup.of(-1, 4, 2).tokens());
        assertEquals(List.of(4, 2), IntegerLookup.of(4, 2).maskToken(0).tokens());
        said(() -> IntegerLookup.of(1).adapt(Tensor.zeros(2)), "int32");
        said(() -> IntegerLookup.of(1).adapt(Tensor.ofInts(new int[] {-1}, 1)), "at least one number");
    }

    @Test
    void whatAVocabularyCannotBeIsRefused() {
        said(() -> IntegerLookup.of(), "at least one");
        said(() -> IntegerLookup.of(3, 4, 3), "3 twice");
        said(() -> IntegerLookup.of(3, 4).maskToken(4), "mask_token 4");
        said(() -> IntegerLookup.of(3, 4).oovToken(4).invert(), "oov_token 4");
        said(() -> IntegerLookup.of(3, 4).maxTokens(2), "max_tokens 2");
        said(() -> IntegerLookup.of(3, 4).padToMaxTokens(true), "max_tokens");
        said(() -> IntegerLookup.of(3, 4).outputMode("count").invert(), "invert");
        said(() -> IntegerLookup.of(3).oovIndices(-1), "num_oov_indices");
        try (Model model = Sequential.of(IntegerLookup.of(3, 4).oovIndices(0).named("known"))) {
            assertArrayEquals(new int[] {1, 0}, model.predict(Tensor.ofInts(new int[][] {{4, 3}})).toIntArray());
            said(() -> model.predict(Tensor.ofInts(new int[][] {{4, 3}, {4, 5}})), "'known'", "5", "sample 1",
                    "step 1");
        }
    }

    /** Batches are sorted by length, and the sample is named that the user gave. */
    @Test
    void aNumberOutOfAVocabularyIsRefusedBeforeTheFirstStepOfATraining() {
        int[][] rows = new int[9][6];
        boolean[][] counts = new boolean[9][6];
        for (int sample = 0; sample < 9; sample++) {
            for (int t = 0; t < 6; t++) {
                counts[sample][t] = t <= sample % 6;
                rows[sample][t] = counts[sample][t] ? 7 : 99;
            }
        }
        Tensor y = Tensor.zeros(9, 1);
        try (Model model = Sequential.of(IntegerLookup.of(7, 8).oovIndices(0).named("known"), Embedding.of(2, 3),
                Lstm.units(2), Dense.units(1))) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(Adam.rate(0.1)).batchSize(9).epochs(1);
            trainer.fit(Tensor.ofInts(rows), y, Mask.of(counts));
            float[] before = model.weight("embedding/embeddings").get().toArray();
            rows[4][2] = -5;
            said(() -> trainer.fit(Tensor.ofInts(rows), y, Mask.of(counts)), "IntegerLookup 'known'", "number -5",
                    "sample 4, step 2", "oovIndices(1)");
            said(() -> model.predict(Tensor.ofInts(rows), Mask.of(counts)), "sample 4, step 2");
            Bits.same(model.weight("embedding/embeddings").get().toArray(), before, "nothing was trained");
        }
    }
}
