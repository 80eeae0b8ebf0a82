package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.tests.Fork;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other JVMs, with vectors of each width or with none: whole trainings end with this one's bits. */
final class TrainingForkTest {

    private static List<String> here;

    @BeforeAll
    static void train() {
        here = TrainingHash.lines(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Ddev.gatun.vectorBits=128", "-Ddev.gatun.vectorBits=256", "-Ddev.gatun.vectorBits=512",
        "-Ddev.gatun.kernels=scalar"})
    void theSameBits(String option) throws IOException, InterruptedException {
        int bits = option.endsWith("scalar") ? 0 : Integer.parseInt(option.substring(option.indexOf('=') + 1));
        assumeTrue(bits <= Lanes.LANES * Float.SIZE, "this processor has no vectors of " + bits + " bits");
        assertEquals(here, Fork.run(TrainingHash.class, option).lines());
    }
}
