package dev.gatun.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.ExecutionCache;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For which sizes a plan is made, whom it serves beside who asked for it, and which plans are kept. */
final class ExecutionSizesTest {

    private final Model model = Sequential.of(Input.sequence(4), Dense.units(1));
    private final List<Shape> made = new ArrayList<>();
    private final ExecutionCache cache = new ExecutionCache((largest, mode) -> {
        made.add(largest.getFirst());
        return model.network().newExecution(largest, mode, model.network().team());
    });

    @AfterEach
    void close() {
        cache.close();
        model.close();
    }

    private Execution of(long batch, long time) {
        return of(batch, time, ExecutionMode.INFERENCE);
    }

    private Execution of(long batch, long time, ExecutionMode mode) {
        Execution execution = cache.get(List.of(Shape.of(batch, time, 4)), mode);
        assertEquals(Shape.of(batch, time, 4), execution.input(0).shape());
        return execution;
    }

    /** Asks for sizes that no plan serves yet: one is made, for so much. */
    private Execution makes(long batch, long time, long largestBatch, long largestTime) {
        made.clear();
        Execution execution = of(batch, time);
        made(largestBatch, largestTime);
        return execution;
    }

    private void made(long... batchAndTime) {
        List<Shape> expected = new ArrayList<>();
        for (int i = 0; i < batchAndTime.length; i += 2) {
            expected.add(Shape.of(batchAndTime[i], batchAndTime[i + 1], 4));
        }
        assertEquals(expected, made);
    }

    @Test
    void whoeverAsksForMoreIsGivenHalfAsMuchAgain() {
        Execution first = makes(2, 10, 2, 10);
        assertSame(first, of(2, 10));
        assertSame(first, of(1, 7), "less is served by what is there");
        Execution second = makes(2, 11, 2, 15);
        assertFalse(first.isOpen(), "the larger plan serves its sizes too");
        assertSame(second, of(2, 15));
        makes(2, 40, 2, 40);
        makes(3, 40, 3, 40);
    }

    /** One plan for both would have many times the rows of either. */
    @Test
    void sizesThatAreFarApartHavePlansOfTheirOwn() {
        Execution wide = of(64, 2);
        Execution deep = of(1, 200);
        made(64, 2, 1, 200);
        assertTrue(wide.isOpen());
        assertSame(wide, of(64, 2));
        assertSame(deep, of(1, 150));
        made(64, 2, 1, 200);
    }

    @Test
    void theRowsOfBothMayBeTwiceThoseOfTheLarger() {
        of(2, 10);
        makes(1, 20, 2, 20);
        makes(1, 100, 2, 100);
        makes(5, 40, 5, 40);
    }

    @Test
    void everyModeHasItsOwn() {
        Execution inference = of(2, 10);
        Execution training = of(2, 20, ExecutionMode.TRAINING);
        assertNotSame(inference, training);
        made(2, 10, 2, 20);
        assertTrue(inference.isOpen(), "another mode's plan does not serve it");
        assertSame(inference, of(2, 10));
        assertSame(training, of(2, 20, ExecutionMode.TRAINING));
    }

    @Test
    void anEmptyBatchGrowsToWhatIsAskedFor() {
        of(0, 10);
        of(3, 10);
        made(0, 10, 3, 10);
    }

    /** The one that was used longest ago goes, and it can be asked for again. */
    @Test
    void eightAreKept() {
        List<Execution> kept = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            kept.add(of(1L << (2 * i), 1L << (2 * (8 - i))));
        }
        assertEquals(8, made.size());
        kept.forEach(each -> assertTrue(each.isOpen()));
        assertSame(kept.getFirst(), of(1, 1 << 16));
        Execution ninth = of(1 << 16, 1);
        assertEquals(9, made.size());
        assertTrue(ninth.isOpen() && kept.getFirst().isOpen());
        assertFalse(kept.get(1).isOpen());
        for (Execution each : kept.subList(2, 8)) {
            assertTrue(each.isOpen());
        }
    }

    @Test
    void whatWasClosedIsMadeAgain() {
        Execution first = of(2, 10);
        first.close();
        Execution second = of(2, 10);
        assertNotSame(first, second);
        cache.close();
        assertFalse(second.isOpen());
        assertTrue(of(2, 10).isOpen(), "a cache that was closed can be used again");
        made(2, 10, 2, 10, 2, 10);
    }
}
