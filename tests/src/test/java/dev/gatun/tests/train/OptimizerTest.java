package dev.gatun.tests.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Clipping;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.OptimizerState;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimizer configurations: names, round trips, refusals; clipping; steps against Keras's formulas in double. */
final class OptimizerTest {

    private static final Team ALONE = new Team(1);

    static List<Optimizer> optimizers() {
        return List.of(Sgd.rate(0.1), Sgd.rate(0.1).momentum(0.9), Sgd.rate(0.1).momentum(0.9).nesterov(),
                Adam.rate(0.01), Adam.rate(0.01).amsgrad().clipNorm(1), Adam.rate(0.01).beta1(0.8).correctedEpsilon(),
                AdamW.rate(0.01).weightDecay(0.1).globalClipNorm(2),
                AdamW.rate(0.01).beta1(0.8).beta2(0.95).epsilon(1e-5).amsgrad(), RmsProp.rate(0.01),
                RmsProp.rate(0.01).momentum(0.5).centered(), RmsProp.rate(0.01).epsilonOutside().clipValue(0.5),
                Adagrad.rate(0.1).initialAccumulator(0.2).clipNorm(1));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void configurationsComeBack(Optimizer optimizer) {
        assertEquals(optimizer, Optimizer.fromConfig(optimizer.toConfig()));
        assertEquals(0.125, optimizer.learningRate(0.125).learningRate());
    }

    @Test
    void defaultsAreThoseOfKeras() {
        assertEquals(Sgd.rate(0.01), Optimizer.of("sgd"));
        assertEquals(Adam.rate(0.001), Optimizer.of("adam"));
        assertEquals(AdamW.rate(0.001), Optimizer.of("adamw"));
        assertEquals(RmsProp.rate(0.001), Optimizer.of("rmsprop"));
        assertEquals(Adagrad.rate(0.001), Optimizer.of("adagrad"));
    }

    @Test
    void whatKerasWritesIsRead() {
        Map<String, Object> inner = new HashMap<>();
        inner.put("name", "adam");
        inner.put("learning_rate", 0.0010000000474974513);
        inner.put("weight_decay", null);
        inner.put("clipnorm", null);
        inner.put("global_clipnorm", 1.5);
        inner.put("clipvalue", null);
        inner.put("use_ema", false);
        inner.put("ema_momentum", 0.99);
        inner.put("ema_overwrite_frequency", null);
        inner.put("loss_scale_factor", null);
        inner.put("gradient_accumulation_steps", null);
        inner.put("beta_1", 0.9);
        inner.put("beta_2", 0.999);
        inner.put("epsilon", 1e-07);
        inner.put("amsgrad", true);
        Map<String, Object> config = Map.of("module", "keras.optimizers", "class_name", "Adam", "config", inner);
        assertEquals(Adam.rate(0.0010000000474974513).amsgrad().globalClipNorm(1.5), Optimizer.fromConfig(config));
        inner.put("use_ema", true);
        assertEquals("The optimizer asks for use_ema = true, which Gatun does not do; leave it out",
                refused(() -> Optimizer.fromConfig(config)));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertEquals("Only one of clipnorm, clipvalue and global_clipnorm can be set: clipnorm is 1.0 already, "
                + "so clipvalue = 0.5 is refused; choose one",
                refused(() -> Adam.rate(0.1).clipNorm(1).clipValue(0.5)));
        assertEquals("learning_rate must be positive and finite, got -0.1", refused(() -> Sgd.rate(-0.1)));
        assertEquals("learning_rate must be positive and finite, got NaN", refused(() -> Adam.rate(Double.NaN)));
        assertEquals("beta_1 must be at least 0 and below 1.0, got 1.0", refused(() -> Adam.rate(0.1).beta1(1)));
        assertEquals("momentum must lie in 0.0 to 1.0, got 1.5", refused(() -> Sgd.rate(0.1).momentum(1.5)));
        assertEquals("learning_rate must be positive and finite, got 0.0", refused(() -> AdamW.rate(0)));
        assertEquals("beta_2 must be at least 0 and below 1.0, got -0.1", refused(() -> Adam.rate(0.1).beta2(-0.1)));
        assertEquals("epsilon must be positive and finite, got 0.0", refused(() -> Adam.rate(0.1).epsilon(0)));
        assertEquals("weight_decay must be at least 0 and below Infinity, got -1.0",
                refused(() -> AdamW.rate(0.1).weightDecay(-1)));
        assertEquals("learning_rate must be positive and finite, got Infinity",
                refused(() -> RmsProp.rate(Double.POSITIVE_INFINITY)));
        assertEquals("rho must lie in 0.0 to 1.0, got 1.1", refused(() -> RmsProp.rate(0.1).rho(1.1)));
        assertEquals("momentum must lie in 0.0 to 1.0, got -0.1", refused(() -> RmsProp.rate(0.1).momentum(-0.1)));
        assertEquals("epsilon must be positive and finite, got -1.0", refused(() -> RmsProp.rate(0.1).epsilon(-1)));
        assertEquals("learning_rate must be positive and finite, got -1.0", refused(() -> Adagrad.rate(-1)));
        assertEquals("initial_accumulator_value must be at least 0 and below Infinity, got -0.1",
                refused(() -> Adagrad.rate(0.1).initialAccumulator(-0.1)));
        assertEquals("epsilon must be positive and finite, got 0.0", refused(() -> Adagrad.rate(0.1).epsilon(0)));
        for (double limit : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals("clipnorm must be positive and finite, got " + limit + "; leave it out for no clipping",
                    refused(() -> Adam.rate(0.1).clipNorm(limit)));
        }
        assertEquals(Clipping.NONE, new Clipping(Clipping.Kind.NONE, 5), "a limit of nothing is nothing");
        assertTrue(refused(() -> Optimizer.of("lion"))
                .startsWith("Unknown optimizer 'lion'; there are sgd, adam, adamw, rmsprop, adagrad"));
        assertTrue(refused(() -> Optimizer.fromConfig(Map.of("class_name", "SGD", "config",
                Map.of("learning_rate", Map.of("class_name", "ExponentialDecay")))))
                .contains("'learning_rate' as a number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SGD", "Adam", "AdamW", "RMSprop", "Adagrad"})
    void whatAnOptimizerDoesNotKnowIsRefused(String name) {
        assertEquals("The optimizer asks for gradient_accumulation_steps = 4, which Gatun does not do; leave it out",
                refused(() -> Optimizer.fromConfig(
                        Map.of("class_name", name, "config", Map.of("gradient_accumulation_steps", 4)))));
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void paddingsStayZeroAndWeightsFollowTheFormula() {
        try (TensorArena arena = TensorArena.open("test")) {
            ParameterBlock weights = block(arena, 0.5f, -2f);
            ParameterBlock gradients = weights.twin(arena, "gradients");
            OptimizerState state = OptimizerState.start(Adam.rate(0.01), weights, arena);
            double w = 0.5;
            double m = 0;
            double v = 0;
            for (int t = 1; t <= 5; t++) {
                set(gradients, 0.3f * t, 7f);
                state.step(weights, gradients, ALONE);
                double g = 0.3f * t;
                m += (g - m) * 0.1;
                v += (g * g - v) * 0.001;
                w -= 0.01 * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t)) * m / (Math.sqrt(v) + 1e-7);
            }
            assertEquals(w, first(weights), 1e-6);
            assertEquals(5, state.steps());
            for (long i = 0; i < weights.elements(); i++) {
                if (i != 0 && i != 16) {
                    assertEquals(0f, weights.segment().getAtIndex(JAVA_FLOAT, i), "padding " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerGoesDownhillAndLeavesPaddingsAlone(Optimizer optimizer) {
        try (TensorArena arena = TensorArena.open("test")) {
            ParameterBlock weights = block(arena, 1f, -1f);
            ParameterBlock gradients = weights.twin(arena, "gradients");
            OptimizerState state = OptimizerState.start(optimizer, weights, arena);
            assertEquals(optimizer.slots(), state.slots().size());
            for (int t = 0; t < 20; t++) {
                set(gradients, 2 * first(weights), 2 * second(weights));
                state.step(weights, gradients, ALONE);
            }
            assertTrue(Math.abs(first(weights)) < 0.95 && Math.abs(second(weights)) < 0.95, optimizer.toString());
            assertEquals(0f, weights.segment().getAtIndex(JAVA_FLOAT, 1));
        }
    }

    @Test
    void clippingIsKerasClipping() {
        assertClipped(0.5f, -0.5f, Sgd.rate(1).clipValue(0.5), 3f, -4f);
        assertClipped(1f, -1f, Sgd.rate(1).clipNorm(1), 3f, -4f);
        assertClipped(0.6f, -0.8f, Sgd.rate(1).globalClipNorm(1), 3f, -4f);
        assertClipped(3f, -4f, Sgd.rate(1).globalClipNorm(5), 3f, -4f);
        assertClipped(0.6f, -0.8f, Sgd.rate(1).globalClipNorm(1), 3e30f, -4e30f);
    }

    /** What the first step takes from two weights of 0 are their clipped gradients. */
    private static void assertClipped(float first, float second, Optimizer optimizer, float g0, float g1) {
        try (TensorArena arena = TensorArena.open("test")) {
            ParameterBlock weights = block(arena, 0, 0);
            ParameterBlock gradients = weights.twin(arena, "gradients");
            set(gradients, g0, g1);
            OptimizerState.start(optimizer, weights, arena).step(weights, gradients, ALONE);
            assertEquals(first, -first(weights), 1e-6f);
            assertEquals(second, -second(weights), 1e-6f);
        }
    }

    /** Two weights of one number each. */
    private static ParameterBlock block(TensorArena arena, float first, float second) {
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        layout.add("a", Float.BYTES);
        layout.add("b", Float.BYTES);
        ParameterBlock made = layout.allocate(arena, "parameters");
        set(made, first, second);
        return made;
    }

    private static void set(ParameterBlock block, float first, float second) {
        block.segment().set(JAVA_FLOAT, 0, first);
        block.segment().set(JAVA_FLOAT, 64, second);
    }

    private static float first(ParameterBlock block) {
        return block.segment().get(JAVA_FLOAT, 0);
    }

    private static float second(ParameterBlock block) {
        return block.segment().get(JAVA_FLOAT, 64);
    }
}
