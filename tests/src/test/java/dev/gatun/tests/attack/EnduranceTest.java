package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.attack.endurance.Steps;
import dev.gatun.tests.memory.Cycles;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Services run for months: what is done again and again takes no more memory the last time than the first. */
final class EnduranceTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long ALLOWED_GROWTH_KIB = 35_000;
    /** What the last look at resident memory itself leaves, and a late compilation: less than a tenth of a byte a step. */
    private static final long ALLOWED_BYTES = 400_000;

    @Test
    void stepsWithResets() throws Exception {
        int steps = Dose.of(20_000, 5_000_000);
        List<String> lines;
        try (Child child = Child.start(Child.USUAL, Steps.class, steps)) {
            lines = child.lines(LIMIT);
        }
        long[] told = Arrays.stream(lines.getFirst().split(" ")).mapToLong(Long::parseLong).toArray();
        Row.tell(EnduranceTest.class, "Steps of one stream", String.format(Locale.ROOT,
                "%,d steps with %,d resets, %,d with other bits than one call over the sequence; the last tenth"
                        + " allocated %,d bytes of heap and %,d KiB of resident memory",
                told[0], told[1], told[2], told[3], told[4]));
        assertEquals(0, told[2], "steps with other bits");
        assertTrue(told[4] < ALLOWED_GROWTH_KIB, "resident memory grew by " + told[4] + " KiB");
        if (Dose.isThorough()) {
            assertTrue(told[3] < ALLOWED_BYTES, "the last tenth allocated " + told[3] + " bytes");
        }
    }

    /** As CyclesTest, which every build runs. */
    @Test
    @Tag("thorough")
    void modelsLoadedAndClosed() throws Exception {
        List<String> lines;
        try (Child child = Child.start(List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Ddev.gatun.kernels=simd"),
                Cycles.class)) {
            lines = child.lines(LIMIT);
        }
        long growth = Long.parseLong(lines.get(1)) - Long.parseLong(lines.get(0));
        Row.tell(EnduranceTest.class, "Models loaded, used and closed", String.format(Locale.ROOT,
                "%,d times, each with the same bits; resident memory changed by %,d KiB over the last %,d",
                Cycles.CYCLES, growth, Cycles.CYCLES - Cycles.SETTLED_AFTER));
        assertTrue(growth < ALLOWED_GROWTH_KIB, "resident memory grew by " + growth + " KiB");
    }
}
