package dev.gatun.tests.laws;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.train.Loss;
import dev.gatun.tests.fixture.LossRows;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Losses under scaling and shifting by numbers that floats hold exactly: powers of two, and 64ths. Nothing is rounded
 * differently, so the laws hold to the bit.
 */
class LossScaleTest {

    private static final Loss[] ALL = {
        Loss.MSE, Loss.MAE, Loss.huber(0.75), Loss.BINARY_CROSSENTROPY, Loss.BINARY_CROSSENTROPY.fromLogits(),
        Loss.CATEGORICAL_CROSSENTROPY, Loss.CATEGORICAL_CROSSENTROPY.fromLogits(),
        Loss.SPARSE_CATEGORICAL_CROSSENTROPY, Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits()};

    @Provide
    Arbitrary<Loss> losses() {
        return Arbitraries.of(ALL);
    }

    @Provide
    Arbitrary<Float> powers() {
        return Arbitraries.of(1f, 2f, 0.5f, 8f, 0x1p-10f, 0x1p10f);
    }

    /** Sample weights and the scale of the gradient are factors. */
    @Property
    void weightsAndScaleAreFactors(@ForAll("losses") Loss loss, @ForAll("powers") float factor,
            @ForAll("cases") Case given) {
        Result one = given.of(loss);
        Result weighted = given.weights(factor).of(loss);
        assertEquals(one.loss * factor, weighted.loss);
        Bits.same(weighted.gradient, times(one.gradient, factor), loss + " weighted");
        Bits.same(given.scale(factor).of(loss).gradient, times(one.gradient, factor), loss + " scaled");
    }

    /** Errors s times as large: MSE s^2 times, MAE s times, Huber with s delta s^2 times. */
    @Property
    void errorsOfAnotherSize(@ForAll("powers") float factor, @ForAll("cases") Case given) {
        Case larger = given.times(factor, factor);
        scaled(given.of(Loss.MSE), larger.of(Loss.MSE), factor * factor, factor);
        scaled(given.of(Loss.MAE), larger.of(Loss.MAE), factor, 1);
        scaled(given.of(Loss.huber(0.75)), larger.of(Loss.huber(0.75 * factor)), factor * factor, factor);
    }

    /** Only the distance counts. */
    @Property
    void predictionAndTargetShiftedTogether(@ForAll @IntRange(min = -999, max = 999) int shift,
            @ForAll("cases") Case given) {
        for (Loss loss : new Loss[] {Loss.MSE, Loss.MAE, Loss.HUBER}) {
            scaled(given.of(loss), given.plus(shift / 64f, shift / 64f).of(loss), 1, 1);
        }
    }

    /** Softmax does not see a shift of all logits, nor do categories see the scale of unnormalised probabilities. */
    @Property
    void categoriesSeeProportionsOnly(
            @ForAll("powers") float factor, @ForAll @IntRange(min = -999, max = 999) int shift,
            @ForAll("cases") Case given) {
        for (Loss loss : new Loss[] {
            Loss.CATEGORICAL_CROSSENTROPY.fromLogits(), Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits()}) {
            scaled(given.of(loss), given.plus(shift / 64f, 0).of(loss), 1, 1);
        }
        scaled(given.of(Loss.CATEGORICAL_CROSSENTROPY), given.times(factor, 1).of(Loss.CATEGORICAL_CROSSENTROPY), 1,
                1 / factor);
    }

    /** Yes and no are two sides of one thing. */
    @Property
    void theOppositeAnswer(@ForAll("cases") Case given) {
        Loss loss = Loss.BINARY_CROSSENTROPY.fromLogits();
        Case sure = new Case(given.rows, given.columns, given.predictions, given.hot(), 1, 1);
        Case opposite = new Case(given.rows, given.columns, times(given.predictions, -1),
                plus(times(sure.targets, -1), 1), 1, 1);
        assertEquals(sure.of(loss).loss, opposite.of(loss).loss);
    }

    private static void scaled(Result one, Result other, float loss, float gradient) {
        assertEquals(one.loss * loss, other.loss);
        Bits.same(other.gradient, times(one.gradient, gradient), "gradient");
    }

    private static float[] times(float[] values, float factor) {
        float[] other = values.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] *= factor;
        }
        return other;
    }

    private static float[] plus(float[] values, float shift) {
        float[] other = values.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] += shift;
        }
        return other;
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.integers().between(1, 5).flatMap(rows -> Arbitraries.integers().between(1, 6).flatMap(
                columns -> Arbitraries.integers().between(0, 999).map(seed -> Case.random(rows, columns, seed))));
    }

    private record Result(double loss, float[] gradient) {}

    /** Predictions and targets of 1 to 63 64ths. */
    record Case(int rows, int columns, float[] predictions, float[] targets, float weight, float scale) {

        static Case random(int rows, int columns, int seed) {
            Random random = new Random(seed);
            float[][] values = new float[2][rows * columns];
            for (float[] part : values) {
                for (int i = 0; i < part.length; i++) {
                    part[i] = (1 + random.nextInt(63)) / 64f;
                }
            }
            return new Case(rows, columns, values[0], values[1], 1, 1);
        }

        Case weights(float factor) {
            return new Case(rows, columns, predictions, targets, factor, scale);
        }

        Case scale(float factor) {
            return new Case(rows, columns, predictions, targets, weight, factor);
        }

        Case times(float p, float t) {
            return new Case(rows, columns, LossScaleTest.times(predictions, p), LossScaleTest.times(targets, t), 1, 1);
        }

        Case plus(float p, float t) {
            return new Case(rows, columns, LossScaleTest.plus(predictions, p), LossScaleTest.plus(targets, t), 1, 1);
        }

        /** 0 and 1 for targets. */
        float[] hot() {
            float[] hot = targets.clone();
            for (int i = 0; i < hot.length; i++) {
                hot[i] = Math.round(hot[i]);
            }
            return hot;
        }

        Result of(Loss loss) {
            try (Arena arena = Arena.ofConfined()) {
                int width = loss.targetColumns(columns);
                float[] aims = width == columns && !loss.keyword().startsWith("sparse") ? targets : classes(width);
                RowsView p = put(arena, predictions, columns);
                RowsView g = put(arena, new float[rows * columns], columns);
                float[] weights = new float[rows];
                java.util.Arrays.fill(weights, weight);
                double sum = LossRows.sum(loss, p, put(arena, aims, width), put(arena, weights, 1), g, rows, columns,
                        scale);
                return new Result(sum, g.segment().toArray(JAVA_FLOAT));
            }
        }

        private float[] classes(int width) {
            float[] classes = new float[rows * width];
            for (int row = 0; row < classes.length; row++) {
                classes[row] = row * 7 % columns;
            }
            return classes;
        }

        private static RowsView put(Arena arena, float[] values, int columns) {
            MemorySegment segment = arena.allocateFrom(JAVA_FLOAT, values);
            return new RowsView(segment, 0, columns * 4L);
        }

        @Override
        public String toString() {
            return "predictions " + java.util.Arrays.toString(predictions) + ", targets "
                    + java.util.Arrays.toString(targets) + " in rows of " + columns;
        }
    }
}
