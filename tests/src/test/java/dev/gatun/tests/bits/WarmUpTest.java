package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.Fork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a fresh JVM the first call, which is interpreted, and the calls after it, compiled by C1 and then C2, give the same bits. */
final class WarmUpTest {

    private static final Pattern BY_C2 = Pattern.compile("\\s4\\s+dev\\.gatun\\.engine\\.kernel\\.");

    /** With {@code auto} twins stand in for SIMD kernels at first. */
    @ParameterizedTest
    @ValueSource(strings = {"simd", "auto"})
    void interpretedAndCompiled(String kernels, @TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("compilations.txt");
        List<String> lines = Fork
                .run(WarmUp.class, "-Ddev.gatun.kernels=" + kernels, "-Xlog:jit+compilation=debug:file=" + log).lines();
        List<String> expected = WarmUp.MODELS.stream().map(zoo -> {
            String line = BitsHash.line(zoo);
            return line + line.substring(line.indexOf(' '));
        }).toList();
        assertEquals(expected, lines);
        assertTrue(BY_C2.matcher(Files.readString(log)).find(), "C2 compiled no kernel: warm up longer");
    }
}
