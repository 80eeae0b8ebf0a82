package dev.gatun.tests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a fresh JVM the first call, which is interpreted, and the calls after it, compiled by C1 and then C2, give the same bits. */
final class WarmUpTest {

    private static final Pattern BY_C2 = Pattern.compile("\\s4\\s+dev\\.gatun\\.engine\\.kernel\\.");

    @Test
    void interpretedAndCompiled(@TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("compilations.txt");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-Xlog:jit+compilation=debug:file=" + log, "--add-modules", "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WarmUp.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        List<String> expected = WarmUp.MODELS.stream().map(zoo -> {
            String line = BitsHash.line(zoo);
            return line + line.substring(line.indexOf(' '));
        }).toList();
        assertEquals(expected, out.lines().toList());
        assertTrue(BY_C2.matcher(Files.readString(log)).find(), "C2 compiled no kernel: warm up longer");
    }
}
