package dev.gatun.tests.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The width override, in JVMs of their own: same bits at every width, anything else refused in words.
final class LanesTest {
    private static final int OFFERED = Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());

    @Test
    void everyWidthGivesTheSameBits() throws Exception {
        String checksum = lastLine(run("128")).substring("4".length());
        for (int bits = 256; bits <= OFFERED; bits *= 2)
            assertEquals(bits / Float.SIZE + checksum, lastLine(run(Integer.toString(bits))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "wide", ""})
    void otherWidthsAreRefused(String value) throws Exception {
        Child child = run(value);
        assertNotEquals(0, child.exit);
        String sentence = "-D" + Lanes.PROPERTY + "=" + value + " is refused: the width is 128, 256 or 512 bits.";
        assertTrue(child.output.contains(sentence), child.output);
    }

    @Test
    void widerThanTheProcessorIsRefused() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "UseAVX is an option of x86");
        Child child = run("512", "-XX:UseAVX=2");
        assertNotEquals(0, child.exit);
        assertTrue(child.output.contains("this JVM offers vectors of"), child.output);
    }

    private record Child(int exit, String output) {}

    private static Child run(String bits, String... options) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "--add-modules", "jdk.incubator.vector",
                "-D" + Lanes.PROPERTY + "=" + bits);
        builder.command().addAll(Arrays.asList(options));
        builder.command().add(LanesDigest.class.getName());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        return new Child(process.waitFor(), output);
    }

    private static String lastLine(Child child) {
        assertEquals(0, child.exit, child.output);
        return child.output.lines().reduce("", (first, next) -> next);
    }
}
