package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.cli.Main;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Number 7: what cannot be written is refused before the work, and trying leaves nothing behind.
final class Mended07TargetsTest {

    @TempDir
    Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void table() throws Exception {
        data = Tables.waves(folder, 60);
        file = Tables.write(folder.resolve("file"), "x");
    }

    /// Hours of epochs: whoever trains before the refusal does not come back, and has said so on standard output.
    private Object[] training(Object... more) {
        List<Object> args = new ArrayList<>(
                List.of("train", data, "--target", "wave", "--columns", "wave", "--window", 4,
                        "--layers", "8", "--epochs", 100_000_000, "--patience", 100_000_000));
        args.addAll(List.of(more));
        return args.toArray();
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(path -> path.toString() + (Files.isRegularFile(path) ? path.toFile().length() : ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aModelThatCannotBeWrittenIsNotTrained() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("folder.gatun"));
        List<String> before = listing();
        Cli.refused(training("--out", folder.resolve("no/such/m.gatun")), "--out", "does not exist", "create it");
        Cli.refused(training("--out", file.resolve("m.gatun")), "--out", "is a file");
        Cli.refused(training("--out", file.resolve("deep/m.gatun")), "--out");
        Cli.refused(training("--out", taken), "--out", "is a folder");
        Cli.refused(training("--out", folder.resolve("m.keras")), "must end in .gatun");
        Cli.refused(training("--out", folder.resolve("n".repeat(300) + ".gatun")), "--out", "cannot be written");
        assertEquals(before, listing());
    }

    @Test
    void aReadOnlyFileSystemIsNoticed() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
        Cli.refused(training("--out", "/proc/m.gatun"), "--out /proc/m.gatun", "cannot be written", "give another");
        Cli.refused(training("--out", folder.resolve("m.gatun"), "--plot", "/proc/plots"), "--plot /proc/plots");
        Cli.refused(Cli.args("demo", "--out", "/proc/demo"), "--out /proc/demo");
    }

    @Test
    void aDeviceKeepsNoModel() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        Path link = Files.createSymbolicLink(folder.resolve("full.gatun"), Path.of("/dev/full"));
        Cli.refused(training("--out", link), "a pipe or a device");
    }

    @Test
    void picturesThatCannotBeDrawnAreToldBeforeTheTraining() throws Exception {
        Path model = folder.resolve("m.gatun");
        Path plots = Files.createDirectory(folder.resolve("plots"));
        Files.createDirectory(plots.resolve("forecast.png"));
        List<String> before = listing();
        Cli.refused(training("--out", model, "--plot", file), "--plot", "is a file");
        Cli.refused(training("--out", model, "--plot", file.resolve("below")), "--plot");
        Cli.refused(training("--out", model, "--plot", plots), "forecast.png", "is a folder");
        Cli.refused(training("--out", model, "--plot", folder.resolve("n".repeat(300))), "--plot");
        Cli.refused(training("--out", model, "--plot", folder.resolve("new"), "--validation", 2), "--validation");
        assertEquals(before, listing());
    }

    @Test
    void theDemoTriesItsFolderFirst() throws Exception {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Files.createDirectory(taken.resolve("demo.gatun"));
        List<String> before = listing();
        Cli.refused(Cli.args("demo", "--out", file), "--out", "is a file");
        Cli.refused(Cli.args("demo", "--out", file.resolve("below/that")), "--out");
        Cli.refused(Cli.args("demo", "--out", taken), "demo.gatun", "is a folder");
        assertEquals(before, listing());
    }

    /// The model is not even there: the target is looked at first.
    @Test
    void predictAndPlotTryTheirTargetsBeforeTheyRead() throws Exception {
        List<String> before = listing();
        Path none = folder.resolve("none.gatun");
        Cli.refused(Cli.args("predict", none, "--input", "x.npy", "--output", folder.resolve("no/y.npy")),
                "does not exist");
        Cli.refused(Cli.args("predict", none, "--input", "x.npy", "--output", file.resolve("y.npy")), "is a file");
        Cli.refused(Cli.args("plot", none, "--out", folder.resolve("no/p.png")), "does not exist");
        Cli.refused(Cli.args("plot", none, "--out", file.resolve("p.dot")), "is a file");
        assertEquals(before, listing());
    }

    /// With `--svg` a second file is written: it is tried as the first is.
    @Test
    void thePictureBesideIsTriedToo() throws Exception {
        Path plots = Files.createDirectory(folder.resolve("plots"));
        Path loss = Files.createDirectory(plots.resolve("loss.svg"));
        List<String> before = listing();
        Cli.refused(training("--out", folder.resolve("m.gatun"), "--plot", plots, "--svg"), "loss.svg", "is a folder");
        Cli.refused(Cli.args("demo", "--out", plots, "--svg"), "loss.svg", "is a folder");
        Cli.refused(Cli.args("plot", folder.resolve("none.gatun"), "--out", plots.resolve("loss.png"), "--svg"),
                "loss.svg", "is a folder");
        Files.move(loss, plots.resolve("forecast.svg"));
        Cli.refused(Cli.args("demo", "--out", plots, "--svg"), "forecast.svg", "is a folder");
        Files.move(plots.resolve("forecast.svg"), loss);
        assertEquals(before, listing());
    }

    @Test
    void aRefusalAfterTheTryLeavesTheOldFile() throws Exception {
        Path model = Tables.write(folder.resolve("old.gatun"), "precious");
        List<String> before = listing();
        Cli.refused(training("--out", model, "--window", "0"), "--window");
        assertEquals("precious", Files.readString(model));
        assertEquals(before, listing());
    }

    @Test
    void noCommandReplacesWhatItReads() throws Exception {
        Path model = folder.resolve("m.safetensors");
        Path chain = folder.resolve("chain.gatun");
        try (Model made = Sequential.of(Input.shape(2, 3), Lstm.units(2), Dense.units(1))) {
            made.save(chain);
        }
        Files.createSymbolicLink(model, chain);
        Path x = folder.resolve("x.npy");
        Npy.write(x, Tensor.zeros(1, 2, 3));
        List<String> before = listing();
        Cli.refused(Cli.args("predict", chain, "--input", x, "--output", x), "is the file that is read");
        Cli.refused(Cli.args("predict", chain, "--input", x, "--output", model), "is the file that is read");
        assertEquals(before, listing());
    }

    /// The folder vanishes while the model learns: what was learned is kept elsewhere, and the refusal says where.
    @Test
    void aTrainedModelIsKeptWhateverHappened() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        StringWriter err = new StringWriter();
        Writer removing = new Writer() {
            @Override
            public void write(char[] text, int from, int count) {
                err.write(text, from, count);
                try {
                    if (err.toString().contains("epoch 1/"))
                        Files.deleteIfExists(gone);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        int code = Main.commandLine().setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(removing, true))
                .execute("train", data.toString(), "--target", "wave", "--columns", "wave", "--window", "4", "--layers",
                        "2",
                        "--epochs", "2", "--out", gone.resolve("m.gatun").toString());
        assertEquals(1, code);
        String said = err.toString();
        assertTrue(said.contains("could be written before the training but not after it"), said);
        Path kept = Path.of(said.replaceAll("(?s).*the trained model is in (\\S+\\.gatun),.*", "$1"));
        assertTrue(Cli.ok("summary", kept).out().contains("lstm"));
        Files.delete(kept);
    }

    @Test
    void resultsThatDoNotReachStandardOutputAreAFailure() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        Path chain = folder.resolve("chain.gatun");
        try (Model made = Sequential.of(Input.shape(2, 3), Lstm.units(2), Dense.units(1))) {
            made.save(chain);
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", Main.class.getName(),
                "summary", chain.toString(), "--json");
        builder.environment().put("CLASSPATH",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process process = builder.redirectOutput(full.toFile()).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), said);
        assertTrue(said.contains("standard output could not be written"), said);
    }
}
