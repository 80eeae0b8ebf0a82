package dev.gatun.tests.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.OptimizerState;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.reference.RefOptimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of every optimizer with every option, by any number of threads, against the reference in doubles. */
final class OptimizerStepTest {

    private static final Team ALONE = new Team(1);

    private static final int STEPS = 5;
    private static final int[] SIZES = {3, 20, 16};

    /** @param clip what the reference does to gradients first */
    record Case(Optimizer optimizer, Supplier<RefOptimizer> reference, BiConsumer<Map<String, double[]>, Double> clip) {
        Case(Optimizer optimizer, Supplier<RefOptimizer> reference) {
            this(optimizer, reference, (gradients, limit) -> {});
        }

        @Override
        public String toString() {
            return optimizer.toString();
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(Sgd.rate(0.05), () -> RefOptimizer.sgd(0.05)),
                new Case(Sgd.rate(0.05).momentum(0.8), () -> RefOptimizer.momentum(0.05, 0.8, false)),
                new Case(Sgd.rate(0.05).momentum(0.8).nesterov(), () -> RefOptimizer.momentum(0.05, 0.8, true)),
                new Case(Sgd.rate(0.05).nesterov(), () -> RefOptimizer.sgd(0.05)),
                new Case(Adam.rate(0.05), () -> RefOptimizer.adam(0.05, 0.9, 0.999, 1e-7)),
                new Case(Adam.rate(0.05).beta1(0.7).beta2(0.9).epsilon(0.1),
                        () -> RefOptimizer.adam(0.05, 0.7, 0.9, 0.1)),
                new Case(Adam.rate(0.05).beta2(0.9).epsilon(0.1).correctedEpsilon(),
                        () -> RefOptimizer.adamOfPaper(0.05, 0.9, 0.9, 0.1)),
                new Case(Adam.rate(0.05).beta2(0.5).amsgrad(), () -> RefOptimizer.amsgrad(0.05, 0.9, 0.5, 1e-7, 0)),
                new Case(AdamW.rate(0.05), () -> RefOptimizer.adamw(0.05, 0.9, 0.999, 1e-7, 0.004)),
                new Case(AdamW.rate(0.05).beta1(0.7).beta2(0.9).epsilon(0.1).weightDecay(0.3),
                        () -> RefOptimizer.adamw(0.05, 0.7, 0.9, 0.1, 0.3)),
                new Case(AdamW.rate(0.05).beta2(0.5).weightDecay(0.3).amsgrad(),
                        () -> RefOptimizer.amsgrad(0.05, 0.9, 0.5, 1e-7, 0.3)),
                new Case(RmsProp.rate(0.05), () -> RefOptimizer.rmsprop(0.05, 0.9, 1e-7)),
                new Case(RmsProp.rate(0.05).rho(0.6).epsilon(0.1), () -> RefOptimizer.rmsprop(0.05, 0.6, 0.1)),
                new Case(RmsProp.rate(0.05).momentum(0.5), () -> RefOptimizer.rmsprop(0.05, 0.9, 0.5, 1e-7, false)),
                new Case(RmsProp.rate(0.05).epsilon(0.01).centered(),
                        () -> RefOptimizer.rmsprop(0.05, 0.9, 0, 0.01, true)),
                new Case(RmsProp.rate(0.05).momentum(0.5).epsilon(0.01).centered(),
                        () -> RefOptimizer.rmsprop(0.05, 0.9, 0.5, 0.01, true)),
                new Case(RmsProp.rate(0.05).epsilon(0.1).epsilonOutside(),
                        () -> RefOptimizer.rmspropOfKeras2(0.05, 0.9, 0.1)),
                new Case(Adagrad.rate(0.05), () -> RefOptimizer.adagrad(0.05, 0.1, 1e-7)),
                new Case(Adagrad.rate(0.05).initialAccumulator(0.4).epsilon(0.1),
                        () -> RefOptimizer.adagrad(0.05, 0.4, 0.1)),
                new Case(Sgd.rate(0.05).clipValue(0.3), () -> RefOptimizer.sgd(0.05), RefOptimizer::clipByValue),
                new Case(Sgd.rate(0.05).clipNorm(0.9), () -> RefOptimizer.sgd(0.05), RefOptimizer::clipByNorm),
                new Case(Sgd.rate(0.05).globalClipNorm(1.5), () -> RefOptimizer.sgd(0.05),
                        RefOptimizer::clipByGlobalNorm));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsAreThoseOfTheFormulas(Case c) {
        for (int threads = 1; threads <= 5; threads += 2) {
            check(c, threads);
        }
    }

    private static void check(Case c, int threads) {
        Random random = new Random(7);
        try (TensorArena arena = TensorArena.open("test"); Team team = new Team(threads)) {
            ParameterBlock weights = block(arena);
            ParameterBlock gradients = weights.twin(arena, "gradients");
            Map<String, double[]> expected = new LinkedHashMap<>();
            Map<String, double[]> slopes = new LinkedHashMap<>();
            weights.entries().forEach(entry -> {
                expected.put(entry.name(), fill(weights, entry, random, 1));
                slopes.put(entry.name(), new double[0]);
            });
            RefOptimizer reference = c.reference.get();
            OptimizerState state = OptimizerState.start(c.optimizer, weights, arena);
            for (int step = 0; step < STEPS; step++) {
                // Slopes become smaller, so that the largest square so far is not the last.
                float size = 1f / (1 + step);
                gradients.entries().forEach(e -> slopes.put(e.name(), fill(gradients, e, random, size)));
                c.clip.accept(slopes, c.optimizer.clipping().limit());
                state.step(weights, gradients, team);
                reference.step(expected, slopes);
                for (ParameterBlock.Entry entry : weights.entries()) {
                    Measure.within(1e-5, entry.name() + " after step " + step, floats(weights, entry),
                            expected.get(entry.name()));
                }
            }
        }
    }

    /**
     * Weights that are not trained keep their bits, moments and gradients, and are not there for a clipping: the others have the
     * bits of a block without them.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void whatIsNotTrainedIsLeftAlone(Case c) {
        for (int threads = 1; threads <= 3; threads++) {
            for (int frozen = 0; frozen < SIZES.length; frozen++) {
                checkFrozen(c.optimizer, threads, "weight " + frozen);
            }
        }
    }

    private static void checkFrozen(Optimizer optimizer, int threads, String frozen) {
        try (TensorArena arena = TensorArena.open("test"); Team team = new Team(threads)) {
            ParameterBlock weights = block(arena);
            ParameterBlock gradients = weights.twin(arena, "gradients");
            ParameterBlock.Layout layout = new ParameterBlock.Layout();
            weights.entries().stream().filter(entry -> !entry.name().equals(frozen))
                    .forEach(entry -> layout.add(entry.name(), entry.bytes()));
            ParameterBlock fewer = layout.allocate(arena, "parameters");
            ParameterBlock fewerGradients = fewer.twin(arena, "gradients");
            OptimizerState state = OptimizerState.start(
                    optimizer, weights, entry -> !entry.name().equals(frozen), arena);
            OptimizerState expected = OptimizerState.start(optimizer, fewer, arena);
            weights.entries().forEach(entry -> fill(weights, entry, new Random(size(entry)), 1));
            fewer.entries().forEach(entry -> fill(fewer, entry, new Random(size(entry)), 1));
            ParameterBlock.Entry left = weights.entries().stream().filter(entry -> entry.name().equals(frozen))
                    .findFirst().orElseThrow();
            float[] before = floats(weights, left);
            for (int step = 0; step < STEPS; step++) {
                int seed = step;
                gradients.entries().forEach(entry -> fill(gradients, entry, new Random(seed + size(entry)), 3));
                fewerGradients.entries()
                        .forEach(entry -> fill(fewerGradients, entry, new Random(seed + size(entry)), 3));
                float[] slopes = floats(gradients, left);
                state.step(weights, gradients, team);
                expected.step(fewer, fewerGradients, ALONE);
                assertArrayEquals(slopes, floats(gradients, left), "gradients of " + frozen);
            }
            assertArrayEquals(before, floats(weights, left), frozen);
            for (ParameterBlock slot : state.slots()) {
                for (float value : floats(slot, left)) {
                    assertEquals(optimizer.slotStart(), value, "moments of " + frozen);
                }
            }
            for (ParameterBlock.Entry entry : fewer.entries()) {
                ParameterBlock.Entry same = weights.entries().stream()
                        .filter(other -> other.name().equals(entry.name())).findFirst().orElseThrow();
                assertArrayEquals(floats(fewer, entry), floats(weights, same), entry.name() + " beside " + frozen);
            }
        }
    }

    /** Kernels are called for 2^24 numbers at a time: nothing is left out or done twice where one call ends. */
    @Test
    void aBlockMayBeLongerThanOneCall() {
        int chunk = 1 << 24;
        try (TensorArena arena = TensorArena.open("test")) {
            ParameterBlock.Layout layout = new ParameterBlock.Layout();
            layout.add("short", 16 * Float.BYTES);
            layout.add("long", (chunk + 32L) * Float.BYTES);
            ParameterBlock weights = layout.allocate(arena, "parameters");
            ParameterBlock gradients = weights.twin(arena, "gradients");
            // The short one; of the long one the first, both sides of each end of a call, and the last.
            long[] at = {0, 16, chunk - 1, chunk, chunk + 15, chunk + 16, weights.elements() - 1};
            float[] slopes = {3, 5, 5, 4, 4, 3, 3}; // norms: 3, 10, and sqrt(109) together
            check(weights, gradients, at, slopes, Sgd.rate(1), slopes);
            check(weights, gradients, at, slopes, Sgd.rate(1).clipValue(3.5),
                    new float[] {3, 3.5f, 3.5f, 3.5f, 3.5f, 3, 3});
            check(weights, gradients, at, slopes, Sgd.rate(1).globalClipNorm(0.5 * Math.sqrt(109)),
                    new float[] {1.5f, 2.5f, 2.5f, 2, 2, 1.5f, 1.5f});
            check(weights, gradients, at, slopes, Sgd.rate(1).clipNorm(2),
                    new float[] {2, 1, 1, 0.8f, 0.8f, 0.6f, 0.6f});
        }
    }

    private static void check(
            ParameterBlock weights, ParameterBlock gradients, long[] at, float[] slopes, Optimizer optimizer,
            float[] taken) {
        weights.clear();
        gradients.clear();
        for (int i = 0; i < at.length; i++) {
            gradients.segment().setAtIndex(JAVA_FLOAT, at[i], slopes[i]);
        }
        try (TensorArena arena = TensorArena.open("state")) {
            OptimizerState.start(optimizer, weights, arena).step(weights, gradients, ALONE);
        }
        for (int i = 0; i < at.length; i++) {
            assertEquals(-taken[i], weights.segment().getAtIndex(JAVA_FLOAT, at[i]), 1e-6f, "weight " + at[i]);
            weights.segment().setAtIndex(JAVA_FLOAT, at[i], 0f);
        }
        gradients.clear();
        assertEquals(-1, weights.segment().asSlice(0, weights.bytes())
                .mismatch(gradients.segment().asSlice(0, gradients.bytes())), "weights without a slope");
    }

    private static ParameterBlock block(TensorArena arena) {
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        for (int i = 0; i < SIZES.length; i++) {
            layout.add("weight " + i, (long) SIZES[i] * Float.BYTES);
        }
        return layout.allocate(arena, "parameters");
    }

    private static int size(ParameterBlock.Entry entry) {
        return SIZES[Integer.parseInt(entry.name().substring("weight ".length()))];
    }

    /** Random numbers into an entry; the same in doubles. */
    private static double[] fill(ParameterBlock block, ParameterBlock.Entry entry, Random random, float scale) {
        double[] values = new double[size(entry)];
        for (int i = 0; i < values.length; i++) {
            float value = scale * (random.nextFloat() * 2 - 1);
            block.segment().set(JAVA_FLOAT, entry.baseBytes() + (long) i * Float.BYTES, value);
            values[i] = value;
        }
        return values;
    }

    private static float[] floats(ParameterBlock block, ParameterBlock.Entry entry) {
        return block.segment().asSlice(entry.baseBytes(), (long) size(entry) * Float.BYTES).toArray(JAVA_FLOAT);
    }
}
