package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.Fork;
import dev.gatun.tests.ProductJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as it lies in the unpacked zip of a release: beside `lib`, in a folder with a space in its name, on a
/// PATH that has no Maven and little else.
final class ReleasedLauncherTest {

    private static final List<String> TOOLS = List.of("sh", "sed", "readlink", "dirname", "basename", "find", "mktemp",
            "mkfifo", "rm", "cat", "mkdir");

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        home = Files.createDirectory(folder.resolve("gatun 1"));
        Files.copy(SourceTree.ROOT.resolve("gatun"), home.resolve("gatun"));
        ProductJars.copyAll(home.resolve("lib"));
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), where(tool));
        }
    }

    /// JUnit warns of each link that leads out of its folder.
    @AfterEach
    void removeLinks() throws IOException {
        for (String tool : TOOLS) {
            Files.delete(folder.resolve("tools").resolve(tool));
        }
    }

    @Test
    void itRunsAndBuildsNothing() throws Exception {
        Fork run = gatun("on", "--version");
        assertEquals(0, run.exit(), run.output());
        assertTrue(run.output().startsWith("gatun "), run.output());
        assertFalse(Files.exists(home.resolve("cli")), "it began to build");
    }

    /// The folder in which root cannot write either: a file stands where it should be.
    @Test
    void aCacheItCannotWriteIsRefusedInOneSentence() throws Exception {
        Files.delete(home.resolve("gatun"));
        Files.writeString(home.resolve("gatun"), SourceTree.text("gatun").replace("[ -w \"$home/lib\" ]", "false"));
        Path file = Files.createFile(folder.resolve("file"));
        Fork run = gatun("record", "--version", "XDG_CACHE_HOME=" + file);
        assertEquals(2, run.exit(), run.output());
        assertEquals("GATUN_AOT=record cannot write " + file + "/gatun; give a folder that can be written by "
                + "XDG_CACHE_HOME.", run.output().strip());
    }

    private Fork gatun(String aot, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("gatun").toString(), arguments[0]);
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("GATUN_AOT", aot);
        Arrays.stream(arguments).skip(1).map(setting -> setting.split("=", 2))
                .forEach(setting -> builder.environment().put(setting[0], setting[1]));
        return Fork.of(builder);
    }

    private static Path where(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":")).map(place -> Path.of(place, tool))
                .filter(Files::isExecutable).findFirst().orElseThrow();
    }
}
