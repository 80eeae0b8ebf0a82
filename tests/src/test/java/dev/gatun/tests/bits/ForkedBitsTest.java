package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.tests.Fork;
import dev.gatun.engine.cpu.Lanes;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Other JVMs, with narrower vectors or with none: their outputs and gradients are this one's, bit for bit.
 */
final class ForkedBitsTest {

    @ParameterizedTest
    @CsvSource({
        "-Ddev.gatun.vectorBits=128, 4 float lanes",
        "-Ddev.gatun.vectorBits=256, 8 float lanes",
        "-Ddev.gatun.vectorBits=512, 16 float lanes",
        "-Ddev.gatun.kernels=scalar, scalar kernels"})
    void theSameBits(String option, String said) throws IOException, InterruptedException {
        if (option.contains("vectorBits=")) {
            int bits = Integer.parseInt(option.substring(option.indexOf('=') + 1));
            assumeTrue(bits <= Lanes.LANES * Float.SIZE, "this processor has no vectors of " + bits + " bits");
        }
        List<String> lines = run(option);
        assertTrue(lines.getFirst().contains(said), lines.toString());
        List<String> here = Stream.of(Zoo.values()).flatMap(zoo -> BitsHash.lines(zoo).stream()).toList();
        assertEquals(here, lines.subList(1, lines.size()));
    }

    /** Lines on standard output of {@link BitsHash} in another JVM. */
    private static List<String> run(String option) throws IOException, InterruptedException {
        // Scalar kernels need no C2, which would only cost time.
        return option.contains("vectorBits")
                ? Fork.run(BitsHash.class, option).lines()
                : Fork.run(BitsHash.class, "-XX:TieredStopAtLevel=1", option).lines();
    }
}
