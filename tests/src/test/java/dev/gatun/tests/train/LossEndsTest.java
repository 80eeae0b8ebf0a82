package dev.gatun.tests.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.train.Loss;
import dev.gatun.tests.fixture.LossRows;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.reference.RefLoss;
import dev.gatun.tests.reference.RefTensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses against the reference at the ends of what they take: probabilities of 0, far errors, logits of a thousand. */
final class LossEndsTest {

    private static final int ROWS = 9;
    private static final int COLUMNS = 5;
    private static final int LD = 16;
    private static final long ROW_BYTES = LD * Float.BYTES;
    /** What a layer may leave beside its columns: sigmoid(0). */
    private static final float PADDING = 0.5f;

    /** @param scale predictions lie between -scale and scale, or between 0 and 1 where they are probabilities */
    record Case(Loss loss, RefLoss reference, float scale) {
        @Override
        public String toString() {
            return loss + ", predictions up to " + scale;
        }

        boolean isSparse() {
            return reference.kind() == RefLoss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(Loss.HUBER, RefLoss.huber(1), 1000),
                new Case(Loss.BINARY_CROSSENTROPY, RefLoss.of(RefLoss.Kind.BINARY_CROSSENTROPY), 1),
                new Case(Loss.CATEGORICAL_CROSSENTROPY, RefLoss.of(RefLoss.Kind.CATEGORICAL_CROSSENTROPY), 1),
                new Case(Loss.SPARSE_CATEGORICAL_CROSSENTROPY,
                        RefLoss.of(RefLoss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY), 1),
                logits(Loss.BINARY_CROSSENTROPY.fromLogits(), RefLoss.Kind.BINARY_CROSSENTROPY),
                logits(Loss.CATEGORICAL_CROSSENTROPY.fromLogits(), RefLoss.Kind.CATEGORICAL_CROSSENTROPY),
                logits(Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits(),
                        RefLoss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY));
    }

    private static Case logits(Loss loss, RefLoss.Kind kind) {
        return new Case(loss, RefLoss.logits(kind), 1000);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theLossIsTheReference(Case c) {
        Random random = new Random(3);
        double[] predictions = new double[ROWS * COLUMNS];
        for (int i = 0; i < predictions.length; i++) {
            // 0 is a probability too: it is clipped, and has no slope.
            float value = c.scale == 1
                    ? Math.max(0, random.nextFloat() - 0.05f)
                    : c.scale * (2 * random.nextFloat() - 1);
            predictions[i] = value;
        }
        double[] targets = new double[ROWS * (c.isSparse() ? 1 : COLUMNS)];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = c.isSparse() ? random.nextInt(COLUMNS) : random.nextFloat();
        }
        double[] weights = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            weights[i] = 2 * random.nextFloat();
        }
        RefLoss.Result expected = c.reference.evaluate(targets, RefTensor.of(matrix(predictions)), weights,
                null);
        try (Arena arena = Arena.ofShared()) {
            RowsView p = rows(arena, predictions, COLUMNS);
            RowsView t = rows(arena, targets, c.loss.targetColumns(COLUMNS));
            RowsView w = rows(arena, weights, 1);
            RowsView g = rows(arena, new double[ROWS * COLUMNS], COLUMNS);
            double sum = LossRows.sum(c.loss, p, t, w, g, ROWS, COLUMNS, 1.0 / ROWS);
            Measure.within(1e-6, "loss", new double[] {sum / ROWS}, new double[] {expected.value()});
            Measure.within(1e-5, "gradient", floats(g), expected.gradient());
            for (int i = 0; i < ROWS * LD; i++) {
                assertTrue(i % LD < COLUMNS || g.segment().getAtIndex(JAVA_FLOAT, i) == PADDING, "padding " + i);
            }
            assertEquals(sum, LossRows.sum(c.loss, p, t, w, null, ROWS, COLUMNS, 1), "without a gradient");
            for (int row = 0; row < ROWS; row++) {
                double alone = LossRows.sum(c.loss, p.from(row), t.from(row), null, null, 1, COLUMNS, 1);
                Measure.within(1e-6, "row " + row, new double[] {alone}, new double[] {expected.perSample()[row]});
            }
        }
    }

    @Test
    void whatIsRightHasNoSlope() {
        for (Loss loss : List.of(Loss.MSE, Loss.MAE, Loss.HUBER)) {
            try (Arena arena = Arena.ofShared()) {
                double[] right = new double[ROWS * COLUMNS];
                Arrays.fill(right, 0.75);
                RowsView g = rows(arena, right, COLUMNS);
                assertEquals(0,
                        LossRows.sum(loss, rows(arena, right, COLUMNS), rows(arena, right, COLUMNS), null, g, ROWS,
                                COLUMNS, 1));
                for (float slope : floats(g)) {
                    assertEquals(0f, slope, loss.toString());
                }
            }
        }
    }

    private static double[][] matrix(double[] values) {
        double[][] matrix = new double[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            matrix[row] = Arrays.copyOfRange(values, row * COLUMNS, (row + 1) * COLUMNS);
        }
        return matrix;
    }

    private static RowsView rows(Arena arena, double[] values, int columns) {
        RowsView made = new RowsView(arena.allocate(ROWS * ROW_BYTES, 64), 0, ROW_BYTES);
        for (int i = 0; i < ROWS * LD; i++) {
            made.segment().setAtIndex(JAVA_FLOAT, i, PADDING);
        }
        for (int i = 0; i < values.length; i++) {
            made.segment().set(JAVA_FLOAT, made.at(i / columns) + 4L * (i % columns), (float) values[i]);
        }
        return made;
    }

    private static float[] floats(RowsView rows) {
        float[] values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.segment().get(JAVA_FLOAT, rows.at(i / COLUMNS) + 4L * (i % COLUMNS));
        }
        return values;
    }
}
