package dev.gatun.tests.memory;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.tests.Fork;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A service that loads, predicts and closes again and again: memory stays flat and every account ends at zero. In a JVM of
 * its own whose heap is all there from the beginning, so that only off-heap memory can grow.
 */
class CyclesTest {

    /** A model and its workspaces are about 2 MB: 700 leaked ones would be 1.4 GB, one in 40 would show. */
    private static final long ALLOWED_GROWTH_KIB = 35_000;

    @Test
    void aThousandModelsLeaveNothing() throws IOException, InterruptedException {
        List<String> lines = Fork.run(Cycles.class, "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch").lines();
        long settled = Long.parseLong(lines.get(0));
        long end = Long.parseLong(lines.get(1));
        assumeTrue(settled > 0, "this system does not tell resident memory");
        assertTrue(end - settled < ALLOWED_GROWTH_KIB,
                "resident memory grew from " + settled + " to " + end + " KiB over "
                        + (Cycles.CYCLES - Cycles.SETTLED_AFTER) + " cycles");
    }
}
