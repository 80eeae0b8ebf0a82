package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.Fork;
import dev.gatun.tests.ProductJars;
import dev.gatun.tests.TinyKeras;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Number 8: on the module path every format works for a module that asks for `dev.gatun.formats` only, and on an image
/// that `jlink` made of the JDK's modules as `docs/deploying.md` says.
final class Mended08ModulePathTest {

    /// As in docs/deploying.md.
    private static final String JDK_MODULES = "java.base,java.desktop,jdk.incubator.vector,jdk.unsupported";

    @TempDir
    Path folder;

    @Test
    void everyFormatWorksOnTheModulePath() throws Exception {
        runsOn(Path.of(System.getProperty("java.home")));
    }

    @Test
    @Tag("thorough")
    void everyFormatWorksOnAnImageOfTheJdksModules() throws Exception {
        Path image = folder.resolve("image");
        String said = jlink("--add-modules", JDK_MODULES, "--output", image.toString());
        assertTrue(Files.isDirectory(image), said);
        runsOn(image);
    }

    /// What the page says of a whole image: `jlink` refuses automatic modules, so jHDF cannot go in.
    @Test
    void anImageWithGatunsFormatsInItIsRefusedForJhdf() throws Exception {
        Path jars = ProductJars.copy(folder.resolve("lib"), ProductJars.FORMATS);
        String said = jlink("-p", jars.toString(), "--add-modules", "dev.gatun.formats", "--output",
                folder.resolve("none").toString());
        assertTrue(said.contains("automatic module cannot be used with jlink"), said);
    }

    @Test
    void thePageNamesTheModulesOfThisTest() throws IOException {
        assertTrue(Files.readString(page()).contains("--add-modules " + JDK_MODULES + " "));
    }

    private void runsOn(Path java) throws Exception {
        Path jars = ProductJars.copy(folder.resolve("lib"), ProductJars.FORMATS);
        Path classes = StrangersModule.compile(folder, jars);
        Path keras = TinyKeras.write(folder.resolve("tiny.keras"));
        Fork run = Fork.of(new ProcessBuilder(java.resolve("bin/java").toString(), "-Xmx256m", "-p",
                jars + File.pathSeparator + classes, "-m", StrangersModule.MAIN, keras.toString()));
        assertEquals(0, run.exit(), run.output());
        assertEquals(StrangersModule.OUTPUT.lines().toList(), run.lines());
    }

    /// What it said.
    private static String jlink(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(said)) {
            ToolProvider.findFirst("jlink").orElseThrow().run(print, print, arguments);
        }
        return said.toString();
    }

    private static Path page() {
        return Stream.of("docs/deploying.md", "../docs/deploying.md").map(Path::of).filter(Files::exists).findFirst()
                .orElseThrow();
    }
}
