package dev.gatun.tests.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.tests.Fork;
import dev.gatun.tests.ProductJars;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue F, number 6: what a fresh JVM loads to its first prediction from a {@code .gatun}. */
final class FirstPredictionTest {

    /** Each takes a start 5 to 40 milliseconds; what a library brings, its user may not have. */
    private static final List<String> NOT_NEEDED = List.of(
            "com.fasterxml.jackson.", "io.jhdf.", "org.slf4j.", "dev.gatun.formats.keras.",
            "java.lang.runtime.ObjectMethods", "java.lang.runtime.SwitchBootstraps", "java.util.regex.",
            "java.util.Formatter", "java.lang.invoke.StringConcatFactory", "dev.gatun.layers.Gru",
            "dev.gatun.layers.type.gru.", "dev.gatun.layers.type.bidirectional.", "dev.gatun.layers.type.embedding.",
            "dev.gatun.layers.type.masking.", "dev.gatun.layers.type.timedistributed.");

    /** The first class of the warm-up, which works beside the predictions that follow. */
    private static final String BEHIND_IT = "dev.gatun.engine.start.KernelPair";

    @TempDir
    Path folder;

    @Test
    void itNeedsGatunsOwnJarsAndNoneOfWhatTakesLong() throws Exception {
        Path file = folder.resolve("seed1.gatun");
        String expected;
        try (Model model = Sequential.of(
                Input.shape(10, 1), Lstm.units(32).returnSequences(), Lstm.units(64).returnSequences(),
                Lstm.units(128), Dense.units(1))) {
            model.save(file);
            expected = FirstPrediction.said(model);
        }
        Path jars = ProductJars.copy(folder.resolve("lib"),
                List.of("gatun-memory", "gatun-engine", "gatun-layers", "gatun-formats"));
        Path tests = Path.of(FirstPrediction.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> lines = Fork.of(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Xlog:class+load", "-cp",
                jars + File.separator + "*" + File.pathSeparator + tests, FirstPrediction.class.getName(),
                file.toString())).lines();
        List<String> loaded = lines.stream()
                .dropWhile(line -> !line.contains(FirstPrediction.class.getName()))
                .takeWhile(line -> !line.startsWith(FirstPrediction.SAYS) && !line.contains(BEHIND_IT))
                .toList();
        assertTrue(loaded.size() > 100, () -> String.join("\n", lines));
        assertEquals(List.of(), loaded.stream().filter(line -> NOT_NEEDED.stream().anyMatch(line::contains)).toList());
        assertEquals(List.of(), loaded.stream().filter(FirstPredictionTest::isLambdaOfAFormat).toList());
        assertEquals(1, lines.stream().filter(expected::equals).count(), "the bits of the model that was saved");
    }

    /** Each takes half a millisecond; a class of its own a third of that. */
    private static boolean isLambdaOfAFormat(String line) {
        return line.contains("dev.gatun.formats.") && line.contains("$$Lambda");
    }

    /** So that the list above names what there is. */
    @Test
    void theListNamesClassesOfTheTestsOwnPath() {
        Stream.of("com.fasterxml.jackson.core.JsonFactory", "io.jhdf.HdfFile", "java.lang.runtime.ObjectMethods",
                "java.lang.runtime.SwitchBootstraps", "java.lang.invoke.StringConcatFactory").forEach(name -> {
                    assertTrue(NOT_NEEDED.stream().anyMatch(name::startsWith), name);
                    try {
                        Class.forName(name, false, FirstPredictionTest.class.getClassLoader());
                    } catch (ClassNotFoundException gone) {
                        throw new AssertionError(gone);
                    }
                });
    }
}
