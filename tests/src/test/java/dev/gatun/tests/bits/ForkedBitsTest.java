package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", option, "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BitsHash.class.getName()));
        if (option.contains("vectorBits")) {
            command.remove("-XX:TieredStopAtLevel=1");
        }
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out + errors);
        return out.lines().toList();
    }
}
