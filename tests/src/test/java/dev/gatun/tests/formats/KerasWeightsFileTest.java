package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.hdf5.write.Hdf5Writer;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights alone, in files as {@code save_weights} of Keras 3 writes them. */
class KerasWeightsFileTest {

    @TempDir
    private Path folder;

    private static Model stack(String lstm) {
        return Sequential.of(Input.shape(5, 3), Lstm.units(4).returnSequences().named(lstm),
                Bidirectional.of(Gru.units(3)), Dense.units(2), Dense.units(1));
    }

    private static void zero(Model model) {
        model.weights().forEach(weight -> weight.set(Tensor.zeros(weight.shape().toArray())));
    }

    private static void same(Model expected, Model got) {
        for (int i = 0; i < expected.weights().size(); i++) {
            Weight weight = expected.weights().get(i);
            assertArrayEquals(weight.get().toArray(), got.weights().get(i).get().toArray(), weight.name());
        }
    }

    @Test
    void savedWeightsAreReadIntoAModelOfOtherNames() throws IOException {
        Path file = folder.resolve("mine.weights.h5");
        try (Model model = stack("one"); Model other = stack("other")) {
            KerasWeightsFile.save(model, file);
            byte[] once = Files.readAllBytes(file);
            KerasWeightsFile.save(model, file);
            assertArrayEquals(once, Files.readAllBytes(file));
            zero(other);
            ImportReport report = KerasWeightsFile.load(other, file);
            same(model, other);
            assertEquals(List.of(), report.notes());
            assertTrue(report.toString().contains("kernel (3,16) <- layers/lstm/cell/vars/0")
                    || report.toString().contains("<- layers/lstm/cell/vars/0"), report.toString());
        }
    }

    @Test
    void whatIsMissingOrOfAnotherShapeLeavesTheModelAsItWas() throws IOException {
        Path file = folder.resolve("mine.weights.h5");
        try (Model model = stack("one");
                Model larger = Sequential.of(Input.shape(5, 3), Lstm.units(4), Dense.units(9));
                Model longer = Sequential.of(Input.shape(5, 3), Lstm.units(4).returnSequences(),
                        Bidirectional.of(Gru.units(3)), Dense.units(2), Dense.units(1), Dense.units(1))) {
            KerasWeightsFile.save(model, file);
            zero(larger);
            String unlike = assertThrows(FormatException.class, () -> KerasWeightsFile.load(larger, file)).getMessage();
            assertTrue(unlike.contains("'dense/kernel'") && unlike.contains("layers/dense/vars/0")
                    && unlike.lines().count() == 1, unlike);
            assertArrayEquals(new float[16], larger.weight("lstm/bias").get().toArray());
            String missing = assertThrows(FormatException.class, () -> KerasWeightsFile.load(longer, file))
                    .getMessage();
            assertTrue(missing.contains("has no weights for") && missing.contains("'dense_2/kernel'"), missing);
        }
    }

    @Test
    void whatIsLeftOverIsSaid() throws IOException {
        Path file = folder.resolve("mine.weights.h5");
        try (Model model = stack("one");
                Model shorter = Sequential.of(Input.shape(5, 3), Lstm.units(4).returnSequences(),
                        Bidirectional.of(Gru.units(3)))) {
            KerasWeightsFile.save(model, file);
            List<String> notes = KerasWeightsFile.load(shorter, file).notes();
            assertEquals(1, notes.size());
            assertTrue(notes.getFirst().contains("layers/dense/vars/0"), notes.getFirst());
        }
    }

    @Test
    void whatKerasDoesNotHaveIsRefused() throws IOException {
        Path file = folder.resolve("mine.weights.h5");
        try (Model model = Sequential.of(Input.shape(5, 3), Lstm.units(4).peepholes().named("memory"))) {
            String said = assertThrows(FormatException.class, () -> KerasWeightsFile.save(model, file)).getMessage();
            assertTrue(said.contains("'memory'") && said.contains("peepholes"), said);
            assertTrue(Files.notExists(file));
        }
    }

    /** Links with back slashes in their names, which Keras 3.15 does not find. */
    @Test
    void filesFromWindowsAreRead() throws IOException {
        Path file = folder.resolve("windows.weights.h5");
        try (Model model = stack("one"); Model other = stack("other")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            KerasWeightsFile.save(model, file);
            new Hdf5Writer(KerasTree.onWindows(Files.readAllBytes(file))).writeTo(Channels.newChannel(out));
            Files.write(file, out.toByteArray());
            assertTrue(KerasTree.of(out.toByteArray()).containsKey("layers\\lstm\\cell/vars/0"));
            zero(other);
            KerasWeightsFile.load(other, file);
            same(model, other);
        }
    }

    @Test
    void archivesOfKeras2FromWindowsAreRead() throws IOException {
        Path file = folder.resolve("new.keras");
        Path old = folder.resolve("old.keras");
        try (Model model = stack("one")) {
            model.save(file);
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            new Hdf5Writer(KerasTree.onWindows(KerasTree.weights(file))).writeTo(Channels.newChannel(weights));
            try (ZipFile zip = new ZipFile(file.toFile());
                    ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(old))) {
                put(out, "metadata.json", "{\"keras_version\": \"2.15.0\"}".getBytes(StandardCharsets.UTF_8));
                put(out, "config.json", zip.getInputStream(zip.getEntry("config.json")).readAllBytes());
                put(out, "model.weights.h5", weights.toByteArray());
            }
            try (Model read = Model.load(old)) {
                same(model, read);
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    @Test
    void filesOfKerasAreReadAndWrittenAsKerasWritesThem() throws IOException {
        Path oracles = Shared.find("oracles/keras3b").orElse(null);
        assumeTrue(oracles != null, Shared.ABSENT);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(oracles)) {
            all.filter(path -> path.toString().endsWith(".weights.h5")).sorted().forEach(files::add);
        }
        assertTrue(files.size() >= 6, files.toString());
        for (Path file : files) {
            Path keras = Path.of(file.toString().replace(".weights.h5", ".keras"));
            try (Model model = Model.load(keras); Model other = Model.load(keras)) {
                zero(other);
                KerasWeightsFile.load(other, file);
                same(model, other);
                Path written = folder.resolve(file.getFileName());
                KerasWeightsFile.save(other, written);
                assertEquals(KerasTree.of(Files.readAllBytes(file)), KerasTree.of(Files.readAllBytes(written)),
                        file.toString());
            }
        }
    }
}
