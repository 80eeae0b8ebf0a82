package dev.gatun.tests.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Whole numbers in, a mask made on the way, and numbers that no training changes: with a layer that is not Gatun's. */
final class FixedVectorsTest {

    private static final int[][] WORDS = {{3, 1, 4, 1, 5}, {2, 7, 0, 0, 0}, {0, 1, 0, 6, 0}, {0, 0, 0, 0, 0}};

    private static Model model() {
        return Sequential.of(Input.ints(5).named("words"), FixedVectors.of(8, 70).named("vectors"),
                Dropout.rate(0.3), Lstm.units(6).returnSequences().named("below"), Lstm.units(5).named("lstm"),
                Dense.units(2).named("end"));
    }

    /** The mask goes from layer to layer, also past one that predictions leave out, and ends where the sequence does. */
    @Test
    void wordsOfNothingAreLeftOut() {
        try (Model model = model()) {
            Tensor all = model.predict(Tensor.ofInts(WORDS));
            for (int row = 0; row < WORDS.length; row++) {
                int[] said = Arrays.stream(WORDS[row]).filter(word -> word != 0).toArray();
                int[] padded = Arrays.copyOf(said, 5);
                Bits.same(model.predict(Tensor.ofInts(new int[][] {padded})).toArray(), all.row(row).toArray(),
                        "row " + row);
            }
        }
    }

    @Test
    void aTrainingLeavesTheTableAsItIs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        Tensor words = Tensor.ofInts(WORDS);
        try (Model model = model()) {
            float[] table = model.weight("vectors/table").get().toArray();
            assertEquals(WeightRole.BUFFER, model.weight("vectors/table").role());
            assertFalse(model.weight("vectors/table").isTrainable());
            assertTrue(model.summaryText().contains("Non-trainable params: 560"), model.summaryText());
            Tensor y = Tensor.of(EnginePass.uniform(8, 1, 3), 4, 2);
            Trainer.of(model).loss(Loss.MSE).epochs(2).batchSize(3).fit(words, y);
            Bits.same(model.weight("vectors/table").get().toArray(), table, "table");
            model.save(file);
            try (Model loaded = Model.load(file)) {
                Bits.same(loaded.predict(words).toArray(), model.predict(words).toArray(), "loaded");
                Trainer.of(model).loss(Loss.MSE).epochs(3).batchSize(3).resume().fit(words, y);
                Trainer.of(loaded).loss(Loss.MSE).epochs(3).batchSize(3).resume().fit(words, y);
                Bits.same(loaded.predict(words).toArray(), model.predict(words).toArray(), "resumed");
            }
        }
    }

    private static Model masked() {
        Input x = Input.sequence(3).named("x");
        Input mask = Input.mask(Shape.UNKNOWN).named("mask");
        return Model.of(List.of(x, mask), List.of(Lstm.units(4).named("lstm")
                .call(new CallArguments<>(List.of(x), List.of(), mask)).output(0)));
    }

    /** Sizes that are open until a call are looked at then. */
    @Test
    void aMaskOfAnotherLengthIsRefused() {
        try (Model model = masked()) {
            Tensor sequence = Tensor.zeros(2, 5, 3);
            for (int time : new int[] {4, 6, 500}) {
                Tensor wrong = Tensor.ofInts(new int[2][time]);
                String said = assertThrows(ShapeException.class, () -> model.predict(List.of(sequence, wrong)))
                        .getMessage();
                assertTrue(said.contains("'lstm'") && said.contains("(2, " + time + ")"), said);
            }
            assertEquals(Shape.of(2, 4), model.predict(List.of(sequence, Tensor.ofInts(new int[2][5]))).getFirst()
                    .shape());
        }
    }

    /** Also by whoever asks for an execution itself, at sizes that nobody has asked for before, and again at others. */
    @Test
    void anExecutionForAMaskOfAnotherLengthIsRefused() {
        try (Model model = masked()) {
            Network network = model.network();
            for (int round = 0; round < 2; round++) {
                for (ExecutionMode mode : ExecutionMode.values()) {
                    for (int time : new int[] {4, 6, 500}) {
                        List<Shape> wrong = List.of(Shape.of(2, 5, 3), Shape.of(2, time));
                        for (Executable call : List.<Executable>of(() -> network.execution(wrong, mode),
                                () -> network.newExecution(wrong, mode, network.team()),
                                () -> network.requireShapes(wrong))) {
                            String said = assertThrows(ShapeException.class, call).getMessage();
                            assertTrue(said.contains("'lstm'") && said.contains("(2, " + time + ")"), said);
                        }
                    }
                    List<Shape> right = List.of(Shape.of(2, 5, 3), Shape.of(2, 5));
                    assertEquals(right.getFirst(), network.execution(right, mode).largest().getFirst());
                }
            }
        }
    }

    @Test
    void otherNumbersAreRefused() {
        try (Model model = model()) {
            String said = assertThrows(RuntimeException.class,
                    () -> model.predict(Tensor.zeros(4, 5))).getMessage();
            assertTrue(said.contains("'words'") && said.contains("int32"), said);
            said = assertThrows(ShapeException.class,
                    () -> model.predict(Tensor.ofInts(new int[][] {{1, 2}}))).getMessage();
            assertTrue(said.contains("'words'") && said.contains("(None, 5)"), said);
        }
        String said = assertThrows(IllegalArgumentException.class,
                () -> Sequential.of(Input.shape(3), FixedVectors.of(2, 3))).getMessage();
        assertTrue(said.contains("int32") && said.contains("float32"), said);
        said = assertThrows(IllegalArgumentException.class,
                () -> Sequential.of(Input.mask(3), FixedVectors.of(2, 3))).getMessage();
        assertTrue(said.contains("mask"), said);
        Input words = Input.ints(5).named("words");
        said = assertThrows(IllegalArgumentException.class,
                () -> Model.of(words, words, FixedVectors.of(8, 3).on(words))).getMessage();
        assertTrue(said.contains("'words'") && said.contains("int32"), said);
        try (Model model = model()) {
            said = assertThrows(IllegalArgumentException.class, () -> model.upTo("words")).getMessage();
            assertTrue(said.contains("'words'") && said.contains("int32"), said);
        }
    }
}
