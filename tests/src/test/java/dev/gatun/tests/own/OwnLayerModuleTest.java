package dev.gatun.tests.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.Fork;
import dev.gatun.tests.ProductJars;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/own-layer.md and docs/own-cell.md in a named module that asks for {@code dev.gatun.layers} alone: what an own layer is
 * written with is exported, and its type is found as a service.
 */
final class OwnLayerModuleTest {

    private static final List<String> JARS = List.of("gatun-memory", "gatun-engine", "gatun-layers");

    private static final String DESCRIPTOR = """
            module own {
                requires dev.gatun.layers;
                provides dev.gatun.layers.LayerType with dev.gatun.tests.own.GainType,
                        dev.gatun.tests.own.MinimalGatedType;
            }
            """;

    private static final String MAIN = """
            package dev.gatun.tests.own;

            import dev.gatun.layers.Input;
            import dev.gatun.layers.Rnn;
            import dev.gatun.layers.model.Model;
            import dev.gatun.layers.model.Sequential;

            public final class Main {
                public static void main(String[] args) {
                    try (Model model = Sequential.of(Input.shape(2), Gain.perFeature())) {
                        System.out.println(model.predict(new float[][] {{1, 2}, {3, 4}}));
                    }
                    try (Model model = Sequential.of(Input.sequence(2), Rnn.of(MinimalGatedCell.units(3)))) {
                        System.out.println(model.predict(new float[][][] {{{1, 2}, {3, 4}}}).shape());
                    }
                }
            }
            """;

    /** One that is for Gatun's own modules. */
    private static final String INTRUDER = """
            package dev.gatun.tests.own;

            final class Intruder {
                dev.gatun.engine.kernel.Elementwise kernel;
            }
            """;

    @TempDir
    Path folder;

    @Test
    void anOwnLayerLivesInAModuleOfItsOwn() throws Exception {
        Path jars = ProductJars.copy(folder.resolve("lib"), JARS);
        assertEquals("", compiled(jars, "Main", MAIN));
        Fork run = Fork.of(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-p", jars + File.pathSeparator + folder.resolve("classes"), "-m",
                "own/dev.gatun.tests.own.Main"));
        assertEquals(0, run.exit(), run.output());
        assertEquals(List.of("Tensor(2, 2) float32", "[[1.0, 2.0],", " [3.0, 4.0]]", "(1, 3)"), run.lines());
    }

    @Test
    void kernelsAreNotForIt() throws Exception {
        String said = compiled(ProductJars.copy(folder.resolve("lib"), JARS), "Intruder", INTRUDER);
        assertTrue(said.contains("dev.gatun.engine.kernel") && said.contains("does not export it"), said);
    }

    /** @return what the compiler said; empty if it was content */
    private String compiled(Path jars, String more, String source) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src/dev/gatun/tests/own"));
        List<Path> files = new ArrayList<>(List.of(
                Files.writeString(folder.resolve("src/module-info.java"), DESCRIPTOR),
                Files.writeString(sources.resolve(more + ".java"), source)));
        for (String example : List.of("Gain", "GainType", "GainOperation", "MinimalGatedCell", "MinimalGatedType",
                "MinimalGatedOperation")) {
            files.add(Files.copy(examples().resolve(example + ".java"), sources.resolve(example + ".java")));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(said, manager, null,
                    List.of("-nowarn", "-cp", "", "-p", jars.toString(), "-d", folder.resolve("classes").toString()),
                    null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
        }
        return said.toString();
    }

    private static Path examples() {
        return Stream.of("src/test/java", "tests/src/test/java").map(root -> Path.of(root, "dev/gatun/tests/own"))
                .filter(Files::isDirectory).findFirst().orElseThrow();
    }
}
