package dev.gatun.tests.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.Lanes;
import dev.gatun.tests.Fork;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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

    /// The bits of this JVM's width, which {@link MathFunctionsTest} compares with the scalar twins, over all floats.
    @Test
    @EnabledIfSystemProperty(named = "gatun.thorough", matches = "true")
    void everyFloatHasTheSameBitsAtEveryWidth() throws Exception {
        List<String> here = LanesSurvey.lines();
        for (int bits = 128; bits <= OFFERED; bits *= 2) {
            if (bits != Lanes.LANES * Float.SIZE) {
                assertEquals(here, Fork.run(LanesSurvey.class, "-D" + Lanes.PROPERTY + "=" + bits).lines());
                System.out.printf("%s over all floats: %d bits as %d bits%n", Arrays.toString(MathFunction.values()),
                        bits,
                        Lanes.LANES * Float.SIZE);
            }
        }
    }

    /// The twins run then, and say why; see Mended04SlowIsSaidTest for the warning.
    @ParameterizedTest
    @ValueSource(strings = {"64", "wide", ""})
    void otherWidthsAreRefused(String value) throws Exception {
        String sentence = "-D" + Lanes.PROPERTY + "=" + value + " is refused: the width is 128, 256 or 512 bits";
        assertEquals("scalar kernels, because " + sentence, described(value));
    }

    @Test
    void widerThanTheProcessorIsRefused() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "UseAVX is an option of x86");
        String said = described("512", "-XX:UseAVX=2");
        assertTrue(said.contains("=512 is refused: Java offers vectors of"), said);
    }

    private static String described(String bits, String... options) throws Exception {
        return lastLine(Fork.run(KernelsInUse.class, Stream
                .concat(Stream.of("-D" + Lanes.PROPERTY + "=" + bits), Arrays.stream(options)).toArray(String[]::new)));
    }

    private static Fork run(String bits, String... options) throws IOException, InterruptedException {
        return Fork.run(LanesDigest.class, Stream
                .concat(Stream.of("-D" + Lanes.PROPERTY + "=" + bits), Arrays.stream(options)).toArray(String[]::new));
    }

    private static String lastLine(Fork child) {
        assertEquals(0, child.exit(), child.output());
        return child.output().lines().reduce("", (first, next) -> next);
    }
}
