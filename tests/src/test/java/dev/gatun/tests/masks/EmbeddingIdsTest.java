package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Ids: which there are, how they are streamed, and what is said of others. */
final class EmbeddingIdsTest {

    private static Model model() {
        return Sequential.of(Embedding.of(5, 3).maskZero().named("words"), Lstm.units(4).named("lstm"),
                Dense.units(2).named("end"));
    }

    private static void said(Executable call, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }

    @Test
    void anIdThatIsNotThereIsRefusedWithItsPlace() {
        try (Model model = model()) {
            int[][] ids = new int[40][3];
            ids[37][2] = 5;
            Tensor wrong = Tensor.ofInts(ids);
            String[] parts = {"Embedding 'words'", "id 5", "sample 37", "step 2", "0 to 4"};
            said(() -> model.predict(wrong), parts);
            said(() -> Trainer.of(model).loss(Loss.MSE).fit(wrong, Tensor.zeros(40, 2)), parts);
            said(() -> Trainer.of(model).loss(Loss.MSE).evaluate(wrong, Tensor.zeros(40, 2)), parts);
            said(() -> model.predict(Tensor.ofInts(new int[][] {{-1}})), "id -1", "sample 0", "step 0");
            assertEquals(2, model.predict(Tensor.ofInts(new int[][] {{4}})).shape().last());
        }
        try (Model single = Sequential.of(Input.ints(), Embedding.of(3, 2).named("one"), Dense.units(1))) {
            said(() -> single.predict(Tensor.ofInts(new int[] {0, 1, 3}, 3)), "'one'", "id 3", "sample 2 ");
            assertEquals(3, single.predict(Tensor.ofInts(new int[] {0, 1, 2}, 3)).shape().dim(0));
        }
    }

    @Test
    void floatsAreRefusedUnlessTheInputTakesThem() {
        try (Model model = model()) {
            said(() -> model.predict(Tensor.zeros(2, 3)), "int32");
        }
        Input input = Input.ints(3).takesFloats(true).named("ids");
        try (Model model = Sequential.of(input, Embedding.of(5, 3), Lstm.units(4))) {
            float[] cut = model.predict(Tensor.of(new float[] {1.9f, 0.5f, 4}, 1, 3)).toArray();
            Bits.same(cut, model.predict(Tensor.ofInts(new int[][] {{1, 0, 4}})).toArray(), "cut");
            said(() -> model.predict(Tensor.of(new float[] {1, Float.NaN, 2}, 1, 3)), "'ids'", "NaN");
            said(() -> model.predict(Tensor.of(new float[] {1, 5.5f, 2}, 1, 3)), "id 5");
        }
        said(() -> Input.shape(3).takesFloats(true), "takes_floats", "int32");
    }

    /** A step of padding leaves the states as they are; a step that is refused changes nothing. */
    @Test
    void aStreamOfIdsIsTheWholeSequence() {
        int[][] ids = {{0, 2, 0, 0, 4, 1}, {3, 3, 0, 1, 0, 2}};
        try (Model model = model(); ModelStream stream = model.stream(2)) {
            assertEquals(2, stream.inputLength());
            float[] result = new float[stream.outputLength()];
            for (int t = 0; t < 6; t++) {
                int[] step = {ids[0][t], ids[1][t]};
                if (t == 3) {
                    said(() -> stream.step(MemorySegment.ofArray(new int[] {1, 7}), MemorySegment.ofArray(result)),
                            "'words'", "id 7", "sample 1");
                }
                stream.step(MemorySegment.ofArray(step), MemorySegment.ofArray(result));
                int[][] sofar = {Arrays.copyOf(ids[0], t + 1), Arrays.copyOf(ids[1], t + 1)};
                Bits.same(result, model.predict(Tensor.ofInts(sofar)).toArray(), "step " + t);
            }
        }
    }

    /** So does a Masking's. */
    @Test
    void aStreamLeavesOutWhatAMaskingLeavesOut() {
        float[] x = {-1, 2, -1, -1, 3, -1};
        for (boolean zeroes : new boolean[] {false, true}) {
            Lstm lstm = Accumulator.lstm().zeroOutputForMask(zeroes);
            try (Model last = Sequential.of(Input.shape(6, 1), Masking.value(-1), lstm);
                    Model all = Sequential.of(Input.shape(6, 1), Masking.value(-1), lstm.returnSequences());
                    ModelStream ofLast = last.stream();
                    ModelStream ofAll = all.stream()) {
                Accumulator.setWeights(last);
                Accumulator.setWeights(all);
                float[] whole = all.predict(Tensor.of(x, 1, 6, 1)).toArray();
                assertArrayEquals(zeroes ? new float[] {0, 2, 0, 0, 5, 0} : new float[] {0, 2, 2, 2, 5, 5}, whole);
                for (int t = 0; t < 6; t++) {
                    for (ModelStream stream : new ModelStream[] {ofLast, ofAll}) {
                        float[] result = new float[1];
                        stream.step(MemorySegment.ofArray(new float[] {x[t]}), MemorySegment.ofArray(result));
                        assertEquals(whole[t], result[0], "step " + t);
                    }
                }
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        said(() -> Embedding.of(0, 3), "input_dim", "0");
        said(() -> Embedding.of(3, -1), "output_dim", "-1");
        said(() -> Masking.value(Double.NaN), "mask_value", "NaN");
        said(() -> Masking.value(1e39), "mask_value", "float32");
        said(() -> Sequential.of(Input.shape(4), Masking.value(0).named("m")), "Masking 'm'", "(None, 4)");
        said(() -> Sequential.of(Input.ints(), Embedding.of(3, 2).maskZero().named("e")), "Embedding 'e'", "(None,)");
        said(() -> Sequential.of(Input.shape(4), Embedding.of(3, 2)), "int32");
        said(() -> Sequential.of(Lstm.units(3)), "begins with its input");
    }
}
