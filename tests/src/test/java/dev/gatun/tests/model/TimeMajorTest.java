package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.gatun.layers.train.History;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.onnx.OnnxCheck;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A model whose input is time-major is the one whose input is not, but for the order of axes at its door. Bits. */
final class TimeMajorTest {

    private static final int BATCH = 37;
    private static final int TIME = 4;
    private static final int INPUTS = 3;

    @Test
    void predictsTheSame() {
        Tensor x = numbers(1, BATCH, TIME, INPUTS);
        try (Model first = layers(Input.sequence(INPUTS)); Model major = layers(Input.sequence(INPUTS).timeMajor())) {
            List<Tensor> expected = first.predict(List.of(x));
            List<Tensor> got = major.predict(List.of(exchanged(x)));
            assertEquals(Shape.of(TIME, BATCH, 2), got.get(0).shape());
            Bits.same(exchanged(got.get(0)).toArray(), expected.get(0).toArray(), "the sequence");
            assertEquals(Shape.of(BATCH, 5), got.get(1).shape());
            Bits.same(got.get(1).toArray(), expected.get(1).toArray(), "the last step");
            assertEquals(first.outputShapes(), major.outputShapes());
        }
    }

    @Test
    void masksStaySamplesFirst() {
        Tensor x = numbers(1, 3, TIME, INPUTS);
        Mask mask = Mask.lengths(4, 1, 3);
        try (Model first = sequence(Input.sequence(INPUTS));
                Model major = sequence(Input.sequence(INPUTS).timeMajor())) {
            Bits.same(exchanged(major.predict(exchanged(x), mask)).toArray(), first.predict(x, mask).toArray(),
                    "masked");
        }
    }

    @Test
    void idsAreTimeMajorToo() {
        int[][] ids = {{1, 2, 3}, {0, 4, 1}};
        int[][] moved = {{1, 0}, {2, 4}, {3, 1}};
        Embedding embedding = Embedding.of(5, 3);
        try (Model first = Sequential.of(Input.ints(3), embedding, Lstm.units(4));
                Model major = Sequential.of(Input.ints(3).timeMajor(), embedding, Lstm.units(4))) {
            Bits.same(major.predict(Tensor.ofInts(moved)).toArray(), first.predict(Tensor.ofInts(ids)).toArray(),
                    "ids");
        }
    }

    @Test
    void trainsTheSame() {
        Tensor x = numbers(1, BATCH, TIME, INPUTS);
        Tensor y = numbers(2, BATCH, TIME, 2);
        Tensor weights = numbers(3, BATCH, TIME);
        int[] lengths = new int[BATCH];
        for (int row = 0; row < BATCH; row++) {
            lengths[row] = 1 + row % TIME;
        }
        Samples samples = Samples.of(x, y).weighted(weights).masked(Mask.lengths(lengths));
        Samples moved = Samples.of(exchanged(x), exchanged(y)).weighted(exchanged(weights))
                .masked(Mask.lengths(lengths));
        try (Model first = sequence(Input.sequence(INPUTS));
                Model major = sequence(Input.sequence(INPUTS).timeMajor())) {
            Trainer expected = Trainer.of(first).loss(Loss.MSE).epochs(2).batchSize(8);
            Trainer got = Trainer.of(major).loss(Loss.MSE).epochs(2).batchSize(8);
            expected.fit(samples);
            got.fit(moved);
            assertEquals(expected.evaluate(samples).get("loss"), got.evaluate(moved).get("loss"));
            for (int i = 0; i < first.weights().size(); i++) {
                Bits.same(major.weights().get(i).get().toArray(), first.weights().get(i).get().toArray(),
                        first.weights().get(i).name());
            }
        }
    }

    /** Sequences have their own samples first whatever the model's order is; as many samples as steps shall not deceive it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void trainsOnSequencesTheSame(int count) {
        List<Tensor> x = new ArrayList<>();
        List<Tensor> y = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            x.add(numbers(i, i == 0 ? 4 : 1 + i % 4, INPUTS));
            y.add(numbers(-i, i == 0 ? 4 : 1 + i % 4, 2));
        }
        Samples samples = Samples.of(Sequences.of(x), Sequences.of(y));
        try (Model first = sequence(Input.sequence(INPUTS));
                Model major = sequence(Input.sequence(INPUTS).timeMajor())) {
            History expected = Trainer.of(first).loss(Loss.MSE).epochs(2).batchSize(3).fit(samples);
            History got = Trainer.of(major).loss(Loss.MSE).epochs(2).batchSize(3).fit(samples);
            assertEquals(expected.last("loss"), got.last("loss"));
            for (int i = 0; i < first.weights().size(); i++) {
                Bits.same(major.weights().get(i).get().toArray(), first.weights().get(i).get().toArray(),
                        first.weights().get(i).name());
            }
        }
    }

    @Test
    void aFileKeepsIt(@TempDir Path folder) throws IOException {
        Tensor x = numbers(1, TIME, 2, INPUTS);
        try (Model model = sequence(Input.sequence(INPUTS).timeMajor())) {
            model.save(folder.resolve("major.gatun"));
            try (Model loaded = Model.load(folder.resolve("major.gatun"))) {
                Bits.same(loaded.predict(x).toArray(), model.predict(x).toArray(), "loaded");
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        said(() -> Input.shape(3).timeMajor(), "time_major", "sequences");
        Input one = Input.sequence(INPUTS).timeMajor().named("one");
        Input other = Input.sequence(INPUTS).named("other");
        said(() -> Model.of(List.of(one, other), List.of(Lstm.units(2).on(one), Lstm.units(2).on(other))), "'other'",
                "timeMajor");
    }

    /** Given and returned in the same order. */
    @Test
    void itsOnnxNodesHaveItToo() {
        try (Model model = sequence(Input.sequence(INPUTS).timeMajor().named("x"))) {
            OnnxCheck.check(model, List.of(numbers(1, TIME, 2, INPUTS)));
            OnnxValue input = OnnxCheck.onnx(model).inputs().getFirst();
            OnnxValue output = OnnxCheck.onnx(model).outputs().getFirst();
            assertEquals("x_time", OnnxGraph.symbol(input, 0));
            assertEquals("batch", OnnxGraph.symbol(input, 1));
            assertEquals("batch", OnnxGraph.symbol(output, 1));
        }
    }

    private static void said(Executable call, String... words) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
    }

    private static Model sequence(Input input) {
        return Sequential.of(input, Bidirectional.of(Lstm.units(5).returnSequences()), Dense.units(2));
    }

    private static Model layers(Input input) {
        Node sequence = Lstm.units(5).returnSequences().on(input);
        return Model.of(List.of(input), List.of(Dense.units(2).on(sequence), Gru.units(5).on(sequence)));
    }

    private static Tensor numbers(int seed, long... shape) {
        return Tensor.of(EnginePass.uniform((int) Shape.of(shape).elements(), 1, seed), shape);
    }

    private static Tensor exchanged(Tensor tensor) {
        Shape shape = tensor.shape();
        Tensor moved = Tensor.zeros(shape.with(0, shape.dim(1)).with(1, shape.dim(0)).toArray());
        for (int i = 0; i < shape.dim(0); i++) {
            for (int j = 0; j < shape.dim(1); j++) {
                if (shape.rank() == 2) {
                    moved.set(tensor.get(i, j), j, i);
                }
                for (int k = 0; shape.rank() == 3 && k < shape.dim(2); k++) {
                    moved.set(tensor.get(i, j, k), j, i, k);
                }
            }
        }
        return moved;
    }
}
