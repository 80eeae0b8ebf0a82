package dev.gatun.tests.train;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.train.Loss;
import dev.gatun.tests.fixture.LossRows;
import dev.gatun.tests.kernels.Guarded;
import dev.gatun.tests.reference.RefLoss;
import dev.gatun.tests.reference.RefLoss.Kind;
import dev.gatun.tests.reference.RefTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Every loss on random rows, weighted or not, against the double reference, with canaries around what it reads and writes.
 * Losses are computed in double from floats, so that only the gradients, stored as floats, are rounded.
 */
final class LossReferenceTest {

    private static final double HALF_ULP = 0x1p-24;
    /** Where predictions are clipped in float; a case keeps away, so that both clip the same ones. */
    private static final float NEAR = 1e-3f;

    private record Pair(Loss loss, RefLoss reference) {
        @Override
        public String toString() {
            return loss.toString();
        }
    }

    private static Pair pair(Loss loss, Kind kind, boolean logits, double delta) {
        return new Pair(loss, new RefLoss(kind, logits, delta));
    }

    @Provide
    Arbitrary<Pair> losses() {
        return Arbitraries.of(List.of(
                pair(Loss.MSE, Kind.MSE, false, 1),
                pair(Loss.MAE, Kind.MAE, false, 1),
                pair(Loss.HUBER, Kind.HUBER, false, 1),
                pair(Loss.huber(0.25), Kind.HUBER, false, 0.25),
                pair(Loss.BINARY_CROSSENTROPY, Kind.BINARY_CROSSENTROPY, false, 1),
                pair(Loss.BINARY_CROSSENTROPY.fromLogits(), Kind.BINARY_CROSSENTROPY, true, 1),
                pair(Loss.CATEGORICAL_CROSSENTROPY, Kind.CATEGORICAL_CROSSENTROPY, false, 1),
                pair(Loss.CATEGORICAL_CROSSENTROPY.fromLogits(), Kind.CATEGORICAL_CROSSENTROPY, true, 1),
                pair(Loss.SPARSE_CATEGORICAL_CROSSENTROPY, Kind.SPARSE_CATEGORICAL_CROSSENTROPY, false, 1),
                pair(Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits(), Kind.SPARSE_CATEGORICAL_CROSSENTROPY, true,
                        1)));
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, 70);
    }

    @Property
    void valueAndGradient(@ForAll("losses") Pair pair, @ForAll("sizes") int rows, @ForAll("sizes") int columns,
            @ForAll boolean weighted, @ForAll long seed) {
        // One class of one: q is 1, and a float clips it elsewhere than a double.
        Assume.that(columns > 1 || pair.reference.kind() != Kind.CATEGORICAL_CROSSENTROPY);
        Random random = new Random(seed);
        boolean probabilities = pair.reference.kind().name().endsWith("ENTROPY") && !pair.reference.fromLogits();
        int targets = pair.loss.targetColumns(columns);
        float[] p = numbers(random, rows * columns, probabilities ? NEAR : -5, probabilities ? 1 - NEAR : 5);
        float[] t = new float[rows * targets];
        for (int i = 0; i < t.length; i++) {
            t[i] = targets == 1 && pair.reference.kind() == Kind.SPARSE_CATEGORICAL_CROSSENTROPY
                    ? random.nextInt(columns)
                    : random.nextFloat();
        }
        float[] w = numbers(random, rows, 0, 2);
        RefLoss.Result expected = pair.reference.evaluate(doubles(t),
                new RefTensor(new int[] {rows, columns}, doubles(p)), weighted ? doubles(w) : null, null);
        try (Arena arena = Arena.ofShared()) {
            int ld = LeadingDimension.of(columns);
            int targetLd = LeadingDimension.of(targets);
            int weightLd = LeadingDimension.of(1);
            Guarded g = Guarded.of(arena, padded(p, columns, ld), padded(t, targets, targetLd), padded(w, 1, weightLd),
                    new float[rows * ld]);
            RowsView weights = weighted ? rows(g, 2, weightLd) : null;
            double sum = LossRows.sum(pair.loss, rows(g, 0, ld), rows(g, 1, targetLd), weights, rows(g, 3, ld), rows,
                    columns,
                    1.0 / rows);
            g.checkCanaries(pair + ", " + rows + " x " + columns);
            close(pair + ", value", expected.value(), sum / rows, 0);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < ld; column++) {
                    float got = g.values(3)[row * ld + column];
                    double gradient = column < columns ? expected.gradient()[row * columns + column] : 0;
                    close(pair + ", gradient " + row + ", " + column, gradient, got, 2.0 / rows);
                }
            }
        }
    }

    /** A few roundings to float, of the result or of the largest of the terms whose difference a gradient is. */
    private static void close(String what, double expected, double got, double size) {
        double allowed = 4 * HALF_ULP * (Math.abs(expected) + size);
        if (!(Math.abs(got - expected) <= allowed)) {
            throw new AssertionError(what + ": got " + got + ", expected " + expected + ", allowed " + allowed);
        }
    }

    private static RowsView rows(Guarded g, int operand, int ld) {
        return new RowsView(g.segment(), g.base(operand), (long) ld * ValueLayout.JAVA_FLOAT.byteSize());
    }

    private static float[] numbers(Random random, int count, float low, float high) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = low + (high - low) * random.nextFloat();
        }
        return values;
    }

    private static float[] padded(float[] values, int columns, int ld) {
        float[] result = new float[values.length / columns * ld];
        for (int i = 0; i < values.length; i++) {
            result[i / columns * ld + i % columns] = values[i];
        }
        return result;
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        Arrays.setAll(result, i -> values[i]);
        return result;
    }
}
