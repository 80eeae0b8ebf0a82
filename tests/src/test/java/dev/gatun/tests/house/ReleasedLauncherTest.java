package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.Fork;
import dev.gatun.tests.ProductJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as it lies in the unpacked zip of a release: beside `lib`, in a folder with a space in its name, on a
/// PATH that has no Maven and little else.
final class ReleasedLauncherTest {

    private static final List<String> TOOLS = List.of("sh", "sed", "readlink", "dirname", "basename", "find", "mktemp",
            "mkfifo", "rm", "cat", "mkdir", "mv");

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
        Fork run = gatun(Map.of("GATUN_AOT", "on"), "--version");
        assertEquals(0, run.exit(), run.output());
        assertTrue(run.output().startsWith("gatun "), run.output());
        assertFalse(Files.exists(home.resolve("cli")), "it began to build");
    }

    /// The second run is quicker by what the first has left: it takes the cache, which a broken one would show.
    @Test
    void theFirstRunKeepsItsClassesAndSaysSo() throws Exception {
        Path data = Files.writeString(folder.resolve("data.csv"), "x\n" + "0.5\n-0.25\n0.75\n".repeat(50));
        String[] training = {"train", data.toString(), "--target", "x", "--window", "4", "--layers", "4", "--epochs",
            "1",
            "--quiet", "--out", folder.resolve("m.gatun").toString()};
        Fork first = gatun(Map.of("GATUN_AOT", "on"), training);
        assertEquals(0, first.exit(), first.output());
        assertTrue(first.errors().contains("GATUN_AOT=off goes without"), first.errors());
        assertFalse(first.output().contains("AOT"), first.output());
        for (int tenth = 0; !isKept() && tenth < 1200; tenth++) {
            Thread.sleep(100);
        }
        assertTrue(isKept(), "no cache within two minutes");
        Fork second = gatun(Map.of("GATUN_AOT", "on", "JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"), training);
        assertEquals(0, second.exit(), second.output());
        assertFalse(second.errors().contains("GATUN_AOT"), second.errors());
    }

    /// The folder in which root cannot write either: a file stands where it should be.
    @Test
    void aCacheItCannotWriteIsRefusedInOneSentence() throws Exception {
        Files.delete(home.resolve("gatun"));
        Files.writeString(home.resolve("gatun"), SourceTree.text("gatun").replace("[ -w \"$home/lib\" ]", "false"));
        Path file = Files.createFile(folder.resolve("file"));
        Fork run = gatun(Map.of("GATUN_AOT", "record", "XDG_CACHE_HOME", file.toString()), "--version");
        assertEquals(2, run.exit(), run.output());
        assertEquals("GATUN_AOT=record cannot write " + file + "/gatun; give a folder that can be written by "
                + "XDG_CACHE_HOME.", run.output().strip());
    }

    /// Whether there is a cache and nothing else of the kind: the process in the background has ended.
    private boolean isKept() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("gatun.")).toList();
            return names.size() == 1 && names.getFirst().endsWith(".aot");
        }
    }

    private Fork gatun(Map<String, String> settings, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", home.resolve("gatun").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(settings);
        return Fork.of(builder);
    }

    private static Path where(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":")).map(place -> Path.of(place, tool))
                .filter(Files::isExecutable).findFirst().orElseThrow();
    }
}
