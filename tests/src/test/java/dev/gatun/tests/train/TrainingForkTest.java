package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import java.io.IOException;
import java.nio.file.Path;
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
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", option, TrainingHash.class.getName());
        builder.environment().put("CLASSPATH",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertEquals(here, output.lines().toList());
    }
}
