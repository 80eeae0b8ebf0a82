package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.tests.Fork;
import dev.gatun.tests.bits.BitsHash;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Issue D, number 4: JVMs where SIMD kernels cannot run, or not fast. Predictions, steps and training work and have this JVM's
 * bits; one warning says what is slow, by how much, and what helps; nothing is thrown. lucene #12014, JOML #225: fused multiply-adds without hardware.
 */
final class Mended04SlowIsSaidTest {

    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "-Dnone=1; the module jdk.incubator.vector is missing; JDK_JAVA_OPTIONS=--add-modules=jdk.incubator.vector",
        MODULE + " -Ddev.gatun.vectorBits=abc; the width is 128, 256 or 512 bits; leave that property out",
        MODULE + " -XX:-UseFMA; no fused multiply-add; run on a processor that has it"})
    void itWorksAndSaysWhyItIsSlow(String options, String why, String fix) throws Exception {
        runs(options, why, fix);
    }

    @ParameterizedTest
    @Tag("thorough")
    @CsvSource(delimiter = ';', value = {
        MODULE + " -Ddev.gatun.vectorBits=64; -Ddev.gatun.vectorBits=64 is refused; leave that property out",
        "-Ddev.gatun.vectorBits=abc; the module jdk.incubator.vector is missing; JDK_JAVA_OPTIONS",
        MODULE + " -XX:TieredStopAtLevel=1; without its second compiler; start Java without that option",
        MODULE + " -Xint; without its compilers (-Xint); start Java without -Xint",
        MODULE + " -XX:UseAVX=0; no fused multiply-add; run on a processor that has it",
        "-XX:UseAVX=0 -Ddev.gatun.kernels=simd; no fused multiply-add; JDK_JAVA_OPTIONS"})
    void inOtherJvmsToo(String options, String why, String fix) throws Exception {
        runs(options, why, fix);
    }

    private static void runs(String options, String why, String fix) throws Exception {
        assumeTrue(!options.contains("UseAVX") || System.getProperty("os.arch").equals("amd64"), "an option of x86");
        Fork child = Fork.bare(SlowJvm.class, options.split(" "));
        List<String> lines = child.lines();
        assertTrue(lines.getFirst().startsWith("scalar kernels, because ") && lines.getFirst().contains(why),
                lines.getFirst());
        assertEquals(SlowJvm.lines(), lines.subList(1, lines.size()));
        assertWarnedOnce(child, why, fix);
    }

    private static void assertWarnedOnce(Fork child, String... parts) {
        String errors = child.errors();
        assertEquals(1, count(errors, "WARNING: Gatun runs on its scalar kernels"), errors);
        assertEquals(1, count(errors, "KernelChoice"), errors);
        assertTrue(errors.contains("times as long as with SIMD kernels"), errors);
        for (String part : parts) {
            assertTrue(errors.contains(part), errors);
        }
        assertFalse(errors.contains("Exception") || errors.contains("Error") || errors.contains("\tat "), errors);
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    /** Nothing is slow there, or the user asked for it: nothing is said. */
    @ParameterizedTest
    @CsvSource({"-Ddev.gatun.kernels=auto, SIMD kernels", "-Ddev.gatun.kernels=scalar, scalar kernels"})
    void nothingIsSaidWhereNothingIsWrong(String option, String kernels) throws Exception {
        Fork child = Fork.bare(SlowJvm.class, MODULE, option);
        List<String> lines = child.lines();
        assertTrue(lines.getFirst().startsWith(kernels), lines.getFirst());
        assertEquals(SlowJvm.lines(), lines.subList(1, lines.size()));
        assertEquals("WARNING: Using incubator modules: jdk.incubator.vector", child.errors().strip());
    }

    @Test
    void anUnknownChoiceIsSaidAndTakenAsAuto() throws Exception {
        Fork child = Fork.bare(SlowJvm.class, MODULE, "-Ddev.gatun.kernels=fast");
        assertTrue(child.lines().getFirst().startsWith("SIMD kernels"), child.output());
        assertTrue(child.errors().contains("'fast', which is none of auto, simd and scalar"), child.errors());
    }

    /** A JVM whose compiler never gets there: said once, and the description tells it. */
    @Test
    void kernelsGivenUpAreSaidOnce() throws Exception {
        Fork child = Fork.bare(GivenUp.class, MODULE);
        assertTrue(
                child.lines().getFirst().startsWith("scalar kernels for predictions, because it snows; for training"),
                child.output());
        assertEquals(1, count(child.errors(), "WARNING: Gatun predicts with its scalar kernels, because it snows"),
                child.errors());
    }

    /** Gives the SIMD kernels up, twice. */
    static final class GivenUp {

        private GivenUp() {}

        public static void main(String[] arguments) {
            KernelChoice.givenUp("it snows");
            KernelChoice.givenUp("it snows");
            System.out.println(KernelChoice.describe());
        }
    }

    /** All layers, all kinds of extreme numbers, forward and backward. */
    @ParameterizedTest
    @CsvSource({"-XX:-UseFMA", "-XX:UseAVX=0"})
    @Tag("thorough")
    void theSameBitsWithoutFma(String option) throws Exception {
        List<String> here = Fork.run(BitsHash.class).lines();
        List<String> there = Fork.run(BitsHash.class, option).lines();
        assertEquals(here.subList(1, here.size()), there.subList(1, there.size()));
    }

    /** The command line says it in one line of its own. */
    @Test
    void theCommandLineSaysIt() throws Exception {
        Fork child = Fork.bare(TrainingCommand.class);
        assertEquals(0, child.exit(), child.output());
        List<String> said = child.errors().lines().filter(line -> line.contains("scalar kernels")).toList();
        assertEquals(1, said.size(), child.errors());
        assertTrue(said.getFirst().startsWith("gatun: Gatun runs on its scalar kernels, because the module"),
                said.getFirst());
        assertTrue(Stream.of("KernelChoice", "\tat ", "Exception").noneMatch(child.errors()::contains),
                child.errors());
    }
}
