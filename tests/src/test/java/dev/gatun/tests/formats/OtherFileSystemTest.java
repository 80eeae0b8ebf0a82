package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.formats.keras.legacy.LegacyKerasFormat;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.formats.weights.NamedWeights;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of Keras's that lie in a zip archive, as those of a program's own resources do. */
class OtherFileSystemTest {

    @TempDir
    private Path folder;
    private Path zip;

    @BeforeEach
    void zip() {
        zip = folder.resolve("all.jar");
    }

    private static Model model() {
        return Sequential.of(Input.sequence(3), Lstm.units(4), Dense.units(2));
    }

    /** What is put into the archive, and read from it. */
    private interface Reading {
        void of(Path inZip) throws IOException;
    }

    private void within(Path file, Reading reading) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inZip = inside.getPath("/" + file.getFileName());
            Files.copy(file, inZip);
            reading.of(inZip);
        }
    }

    private static void assertSame(Model wanted, Model got) {
        for (Weight weight : wanted.weights()) {
            assertArrayEquals(weight.get().toArray(), got.weight(weight.name()).get().toArray(), weight.name());
        }
    }

    @Test
    void weightsOfKeras3AreReadByPlaceAndByName() throws IOException {
        Path file = folder.resolve("some.weights.h5");
        try (Model wanted = model(); Model byPlace = model(); Model byName = model()) {
            wanted.initialize(5);
            KerasWeightsFile.save(wanted, file);
            within(file, inZip -> {
                KerasWeightsFile.load(byPlace, inZip);
                assertTrue(NamedWeights.recognises(inZip), "it holds weights by name");
                LoadedWeights loaded = NamedWeights.of(inZip).into(byName);
                assertEquals(wanted.weights().size(), loaded.loaded().size());
            });
            assertSame(wanted, byPlace);
            assertSame(wanted, byName);
        }
    }

    @Test
    void weightsOfKeras3BesideAConfigurationAreRead() throws IOException {
        Path json = folder.resolve("config.json");
        Path weights = folder.resolve("some.weights.h5");
        try (Model wanted = model()) {
            wanted.initialize(5);
            KerasWeightsFile.save(wanted, weights);
            wanted.save(folder.resolve("some.keras"));
            try (FileSystem saved = FileSystems.newFileSystem(folder.resolve("some.keras"))) {
                Files.copy(saved.getPath("config.json"), json);
            }
            within(weights, inZip -> {
                try (Imported read = LegacyKerasFormat.of(json, inZip)) {
                    assertSame(wanted, read.model());
                }
            });
        }
    }

    @Test
    void listsOfFilesAreReadOfTheMachinesOwnFileSystemOnly() throws IOException {
        Path list = Files.writeString(folder.resolve("some.weights.json"), "{\"weight_map\": {\"/layers\": \"a\"}}");
        try (Model model = model()) {
            within(list, inZip -> {
                String said = assertThrows(FormatException.class, () -> KerasWeightsFile.load(model, inZip))
                        .getMessage();
                assertTrue(said.contains("list of files") && said.contains("own file system"), said);
            });
        }
    }

    @Test
    void modelsAreRead() throws IOException {
        Path file = folder.resolve("some.keras");
        try (Model wanted = model()) {
            wanted.initialize(6);
            wanted.save(file);
            within(file, inZip -> {
                try (Model read = Model.load(inZip)) {
                    assertSame(wanted, read);
                }
            });
        }
    }

    @Test
    void oldWeightsAreReadByName() throws IOException {
        Optional<Path> shared = Shared.find("oracles/keras_h5");
        if (shared.isEmpty()) {
            return;
        }
        Path file;
        try (Stream<Path> files = Files.list(shared.get())) {
            file = files.filter(each -> each.toString().endsWith(".h5")).sorted().findFirst().orElseThrow();
        }
        within(file, inZip -> {
            try (Imported wanted = LegacyKerasFormat.of(file);
                    Imported read = Imported.read(inZip);
                    Imported named = LegacyKerasFormat.of(file)) {
                assertSame(wanted.model(), read.model());
                named.model().initialize(9);
                NamedWeights.of(inZip).into(named.model());
                assertSame(wanted.model(), named.model());
            }
        });
    }
}
