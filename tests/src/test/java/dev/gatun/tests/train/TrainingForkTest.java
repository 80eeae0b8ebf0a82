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

/** Other JVMs, with narrower vectors or with none: whole trainings end with this one's bits. */
final class TrainingForkTest {

    private static List<String> here;

    @BeforeAll
    static void train() {
        here = TrainingHash.lines(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Ddev.gatun.vectorBits=128", "-Ddev.gatun.vectorBits=256", "-Ddev.gatun.kernels=scalar"})
    void theSameBits(String option) throws IOException, InterruptedException {
        assumeTrue(!option.endsWith("256") || Lanes.LANES >= 8, "this processor has no vectors of 256 bits");
        assertEquals(here, Fork.run(TrainingHash.class, option).lines());
    }
}
