package dev.gatun.tests.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.WarmUp;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Warming up: what it says, when it ends, and that it leaves no trace in results. Nothing here depends on speed. */
final class WarmUpTest {

    private static Model model() {
        return Sequential.of(Input.sequence(3), Lstm.units(5).returnSequences(), Lstm.units(4));
    }

    @Test
    void whatGetsFasterForEverIsNotSteady() {
        AtomicInteger runs = new AtomicInteger();
        // Each run is a tenth shorter than the one before: no stretch is like the last within the limit.
        WarmUp warmUp = WarmUp.of(
                () -> LockSupport.parkNanos((long) (60e6 * Math.pow(0.9, runs.getAndIncrement()))),
                Duration.ofMillis(300));
        assertFalse(warmUp.isSteady(), warmUp.toString());
        assertEquals(runs.get(), warmUp.runs());
        assertTrue(warmUp.toString().startsWith("not steady after 0."), warmUp.toString());
    }

    @Test
    void theFastestIsNoSlowerThanTheFirstAndAllRunsFitIntoTheTime() {
        try (Model model = model()) {
            WarmUp warmUp = model.warmUp(Shape.of(2, 6, 3));
            assertTrue(warmUp.fastest().compareTo(warmUp.first()) <= 0, warmUp.toString());
            assertTrue(warmUp.fastest().multipliedBy(warmUp.runs()).compareTo(warmUp.took()) <= 0, warmUp.toString());
        }
    }

    @Test
    void resultsAreTheSameAfterIt() {
        Tensor x = Tensor.of(Bits.numbers(2 * 6 * 3, 1), 2, 6, 3);
        try (Model model = model()) {
            float[] before = model.predict(x).toArray();
            model.warmUp(Shape.of(2, 6, 3));
            Bits.same(model.predict(x).toArray(), before, "prediction");
            try (ModelStream stream = model.stream(2)) {
                MemorySegment step = MemorySegment.ofArray(Bits.numbers(2 * 3, 2));
                float[] cold = new float[stream.outputLength()];
                float[] warm = new float[stream.outputLength()];
                stream.step(step, MemorySegment.ofArray(cold));
                stream.warmUp();
                stream.step(step, MemorySegment.ofArray(warm));
                Bits.same(warm, cold, "first step of a stream");
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> WarmUp.of(() -> {}, Duration.ZERO))
                .getMessage().contains("positive limit"));
        try (Model model = model()) {
            assertThrows(ShapeException.class, () -> model.warmUp(Shape.of(2, 6, 4)));
        }
    }
}
