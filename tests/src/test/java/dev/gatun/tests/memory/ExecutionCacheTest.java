package dev.gatun.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the memory of a plan is held that few need. */
final class ExecutionCacheTest {

    private static final int LONG = 30_000;
    private static final int SHORT = 10;
    /** As {@code ExecutionCache} says. */
    private static final int USES = 1000;

    private static Model model() {
        return Sequential.of(Input.sequence(4), Lstm.units(64).returnSequences(), Lstm.units(64), Dense.units(1));
    }

    private static Execution of(Model model, long time) {
        return model.network().execution(List.of(Shape.of(1, time, 4)), ExecutionMode.INFERENCE);
    }

    @Test
    void oneLongSequenceDoesNotHoldItsMemoryForEver() {
        Tensor x = Tensor.of(EnginePass.uniform(SHORT * 4, 1, 5), 1, SHORT, 4);
        try (Model model = model()) {
            Execution large = of(model, LONG);
            float[] before = model.predict(x).toArray();
            for (int use = 1; use < USES; use++) {
                assertSame(large, of(model, SHORT), "use " + use);
            }
            Execution small = of(model, SHORT);
            assertNotSame(large, small);
            assertFalse(large.isOpen());
            assertEquals(List.of(Shape.of(1, SHORT, 4)), small.largest());
            Bits.same(model.predict(x).toArray(), before, "in the smaller plan");
        }
    }

    @Test
    void sizesThatAlternateArePlannedOnce() {
        try (Model model = model()) {
            Execution large = of(model, LONG);
            for (int round = 0; round < 5; round++) {
                for (int use = 0; use < USES; use++) {
                    assertSame(large, of(model, SHORT + use % 50));
                }
                assertSame(large, of(model, LONG / 4));
            }
            assertTrue(large.isOpen());
        }
    }

    @Test
    void whatIsNotLargeIsKept() {
        try (Model model = model()) {
            Execution modest = of(model, 1000);
            for (int use = 0; use < 3 * USES; use++) {
                assertSame(modest, of(model, SHORT));
            }
        }
    }
}
