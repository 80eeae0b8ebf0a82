package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Arrays go in, tensors come out, with the bits of tensors that went in; whole numbers are refused where floats belong. */
final class PredictArraysTest {

    private static final float[][] ROWS = {{1, 2, 3}, {-1, 0.5f, 4}};
    private static final float[][][] SEQUENCES = {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}, {{0, 1}, {1, 0}}};

    private static String refused(Class<? extends Exception> type, Executable what) {
        return assertThrows(type, what).getMessage();
    }

    @Test
    void rowsGiveTheBitsOfATensor() {
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2)); Predictor predictor = model.predictor()) {
            float[][] y = model.predict(ROWS).toArray2();
            assertArrayEquals(model.predict(Tensor.of(ROWS)).toArray(), Tensor.of(y).toArray());
            assertArrayEquals(y[1], predictor.predict(ROWS).row(1).toArray());
            assertEquals(2, y.length);
        }
    }

    @Test
    void sequencesGiveWhateverTheModelMakesOfThem() {
        try (Model last = Sequential.of(Input.sequence(2), Lstm.units(4));
                Model all = Sequential.of(Input.sequence(2), Lstm.units(4).returnSequences());
                Predictor predictor = all.predictor()) {
            assertEquals(Shape.of(3, 4), last.predict(SEQUENCES).shape());
            float[][][] y = all.predict(SEQUENCES).toArray3();
            assertArrayEquals(all.predict(Tensor.of(SEQUENCES)).toArray(), Tensor.of(y).toArray());
            assertArrayEquals(y[2][1], predictor.predict(SEQUENCES).toArray3()[2][1]);
            assertArrayEquals(y[2][1], all.predict(Tensor.of(SEQUENCES).slice(2, 1)).row(1).toArray());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheFix() {
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2))) {
            assertTrue(refused(ShapeException.class, () -> model.predict(new float[][] {{1, 2, 3}, {1}}))
                    .contains("values[1] has length 1"));
            assertTrue(refused(ShapeException.class, () -> model.predict(SEQUENCES)).contains("[samples, features]"));
            assertTrue(refused(NullPointerException.class, () -> model.predict((float[][]) null))
                    .contains("Model.predict: x is null"));
        }
        Input a = Input.shape(3).named("a");
        Input b = Input.shape(3).named("b");
        Node shared = Dense.units(2).on(a);
        try (Model outputs = Model.of(a, shared, Dense.units(1).on(shared))) {
            String said = refused(IllegalStateException.class, () -> outputs.predict(ROWS));
            assertTrue(said.contains("2 outputs") && said.contains("predict(List.of(x)) with x a tensor"), said);
        }
        try (Model inputs = Model.of(List.of(a, b), List.of(Dense.units(1).on(a), Dense.units(1).on(b)))) {
            String said = refused(ShapeException.class, () -> inputs.predict(ROWS));
            assertTrue(said.contains("2 input(s) [a, b], got 1; give a list with one for each, in this order"), said);
        }
    }

    @Test
    void wholeNumbersAreRefusedWhereFloatsBelong() {
        try (Model model = Sequential.of(Input.shape(3).named("in"), Dense.units(2).named("out"))) {
            Tensor ints = Tensor.ofInts(new int[6], 2, 3);
            assertEquals(
                    "Model 'sequential', input 'in': expected numbers of type float32, got a tensor of shape (2, 3) "
                            + "and type int32; make them floats: Tensor.of(float[], ...)",
                    refused(IllegalArgumentException.class, () -> model.predict(ints)));
            assertTrue(refused(IllegalArgumentException.class,
                    () -> Trainer.of(model).loss(Loss.MSE).fit(ints, Tensor.zeros(2, 2))).contains("input 'in'"));
            Weight kernel = model.weight("out/kernel");
            float[] before = kernel.get().toArray();
            assertTrue(refused(IllegalArgumentException.class, () -> kernel.set(Tensor.ofInts(new int[6], 3, 2)))
                    .startsWith("Weight 'out/kernel': expected numbers of type float32"));
            assertArrayEquals(before, kernel.get().toArray());
            for (Initializer initializer : List.of(Initializer.ZEROS, Initializer.GLOROT_UNIFORM,
                    Initializer.ORTHOGONAL)) {
                assertTrue(refused(IllegalArgumentException.class, () -> initializer.fill(ints, 0, 0))
                        .contains("float32"));
            }
        }
    }

    @Test
    void weightsAreTrainedUnlessTheySayOtherwise() {
        Shape shape = Shape.of(3, 2);
        WeightLayout layout = WeightLayout.plain(3, 2);
        assertEquals(WeightRole.TRAINED, new WeightSpec("w", shape, layout, Initializer.ZEROS).role());
        assertEquals(WeightRole.BUFFER,
                new WeightSpec("w", shape, layout, Initializer.ZEROS, WeightRole.BUFFER).role());
    }
}
