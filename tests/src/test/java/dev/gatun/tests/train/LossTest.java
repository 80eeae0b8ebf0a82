package dev.gatun.tests.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.train.Loss;
import dev.gatun.tests.fixture.LossRows;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.Measure;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses against the oracle's numbers, their gradients against finite differences, their names against a round trip. */
final class LossTest {

    private static final int LD = 16;

    static List<Loss> losses() {
        return List.of(Loss.MSE, Loss.MAE, Loss.HUBER, Loss.huber(2.5), Loss.BINARY_CROSSENTROPY,
                Loss.BINARY_CROSSENTROPY.fromLogits(), Loss.CATEGORICAL_CROSSENTROPY,
                Loss.CATEGORICAL_CROSSENTROPY.fromLogits(), Loss.SPARSE_CATEGORICAL_CROSSENTROPY,
                Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits());
    }

    @TestFactory
    Stream<DynamicTest> fixtures() {
        return Fixtures.where(fixture -> fixture.kind().equals("loss")).stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check(fixture)));
    }

    private static void check(Fixture fixture) {
        Loss loss = Loss.fromConfig(Map.of(
                "name", fixture.json().path("loss").asText(),
                "from_logits", fixture.json().path("from_logits").asBoolean(),
                "delta", fixture.json().path("delta").asDouble()));
        // Gatun computes in f32 where the fixture tells both apart.
        String f32 = fixture.has("f32clip/loss") ? "f32clip/" : "";
        FixtureTensor predictions = fixture.tensor("y_pred");
        int columns = predictions.dim(-1);
        int rows = predictions.size() / columns;
        float[] weights = weights(fixture);
        double divisor = fixture.has("mask") ? sum(weights) : rows;
        try (Arena arena = Arena.ofShared()) {
            RowsView p = rows(arena, predictions.floats(), rows, columns);
            RowsView t = rows(arena, fixture.tensor("y_true").floats(), rows, loss.targetColumns(columns));
            RowsView w = weights == null ? null : rows(arena, weights, rows, 1);
            RowsView g = rows(arena, new float[rows * columns], rows, columns);
            double total = LossRows.sum(loss, p, t, w, g, rows, columns, 1 / divisor);
            Measure.within(1e-5, "loss", new double[] {total / divisor}, fixture.values(f32 + "loss"));
            Measure.within(1e-4, "gradient", floats(g, rows, columns), fixture.values(f32 + "g/y_pred"));
            double[] perSample = new double[rows];
            for (int row = 0; row < rows; row++) {
                perSample[row] = LossRows.sum(loss, p.from(row), t.from(row), null, null, 1, columns, 1);
            }
            Measure.within(1e-5, "per sample", perSample, fixture.values(f32 + "per_sample"));
            assertEquals(total, LossRows.sum(loss, p, t, w, p, rows, columns, 1 / divisor),
                    "gradient in the predictions' place");
            assertEquals(List.of(boxed(floats(g, rows, columns))), List.of(boxed(floats(p, rows, columns))));
        }
    }

    private static float[] weights(Fixture fixture) {
        if (fixture.has("sample_weight")) {
            return fixture.tensor("sample_weight").floats();
        }
        return fixture.has("mask") ? fixture.tensor("mask").floats() : null;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theGradientIsTheSlopeOfTheLoss(Loss loss) {
        Random random = new Random(11);
        int rows = 7;
        int columns = 5;
        float[] predictions = new float[rows * columns];
        float[] targets = new float[rows * loss.targetColumns(columns)];
        float[] weights = new float[rows];
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = 0.05f + 0.9f * random.nextFloat();
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = loss.targetColumns(columns) == 1 ? random.nextInt(columns) : random.nextFloat();
        }
        for (int i = 0; i < rows; i++) {
            weights[i] = random.nextFloat() * 2;
        }
        try (Arena arena = Arena.ofShared()) {
            RowsView p = rows(arena, predictions, rows, columns);
            RowsView t = rows(arena, targets, rows, loss.targetColumns(columns));
            RowsView w = rows(arena, weights, rows, 1);
            RowsView g = rows(arena, new float[rows * columns], rows, columns);
            LossRows.sum(loss, p, t, w, g, rows, columns, 0.25);
            double[] slopes = LossSlopes.of(loss, LossRows.view(p, rows, columns),
                    LossRows.view(t, rows, loss.targetColumns(columns)), LossRows.view(w, rows, 1));
            Measure.within(1e-3, loss + " by finite differences", floats(g, rows, columns),
                    Arrays.stream(slopes).map(slope -> 0.25 * slope).toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void whatIsNoNumberStaysSo(Loss loss) {
        try (Arena arena = Arena.ofShared()) {
            RowsView p = rows(arena, new float[] {0.5f, Float.NaN, 0.25f}, 1, 3);
            RowsView t = rows(arena, new float[] {1, 0, 0}, 1, 3);
            assertTrue(Double.isNaN(LossRows.sum(loss, p, t, null, null, 1, 3, 1)), loss.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void configurationsComeBack(Loss loss) {
        assertEquals(loss, Loss.fromConfig(loss.toConfig()));
    }

    @Test
    void namesAreThoseOfKeras() {
        assertEquals(Loss.MSE, Loss.of("mse"));
        assertEquals(Loss.MSE, Loss.of("mean_squared_error"));
        assertEquals(Loss.MAE, Loss.of("mean_absolute_error"));
        assertEquals(Loss.HUBER, Loss.of("huber"));
        var unknown = assertThrows(IllegalArgumentException.class, () -> Loss.of("hinge"));
        assertEquals("Unknown loss 'hinge'; there are mse, mae, huber, binary_crossentropy, categorical_crossentropy, "
                + "sparse_categorical_crossentropy", unknown.getMessage());
        for (double delta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals("delta of the Huber loss must be positive and finite, got " + delta,
                    assertThrows(IllegalArgumentException.class, () -> Loss.huber(delta)).getMessage());
        }
    }

    private static RowsView rows(Arena arena, float[] values, int rows, int columns) {
        RowsView made = new RowsView(arena.allocate((long) rows * LD * Float.BYTES, 64), 0, LD * Float.BYTES);
        for (int i = 0; i < rows * columns; i++) {
            made.segment().set(JAVA_FLOAT, made.at(i / columns) + 4L * (i % columns), values[i]);
        }
        return made;
    }

    private static float[] floats(RowsView rows, int count, int columns) {
        float[] values = new float[count * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.segment().get(JAVA_FLOAT, rows.at(i / columns) + 4L * (i % columns));
        }
        return values;
    }

    private static List<Float> boxed(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
