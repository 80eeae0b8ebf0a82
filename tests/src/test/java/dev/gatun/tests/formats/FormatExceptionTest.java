package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.tensors.NpyProblem;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue D, number 10: what fails without a message still ends in a sentence. */
class FormatExceptionTest {

    @TempDir
    Path folder;

    @Test
    void nothingSaidIsASentenceToo() {
        String said = "x.keras: is not understood, and nothing says why; write or download it again";
        assertEquals(said, new FormatException("x.keras", null).getMessage());
        assertEquals(said, new FormatException("x.keras", NpyProblem.BAD_HEADER, null).getMessage());
        assertEquals("no reason is known",
                FormatException.reason(new NoSuchElementException()));
        assertEquals("no reason is known",
                FormatException.reason(new NoSuchElementException(" ")));
        assertEquals("disk on fire", FormatException.reason(new IOException("disk on fire")));
    }

    /** The first of them ended in a bare NullPointerException: that of {@code List.copyOf} has no message. */
    @ParameterizedTest
    @ValueSource(strings = {"[[[null, 0, 0, {}]]]", "[[[\"in\", null, 0, {}]]]", "[[[\"in\", 0, null]]]", "[[[]]]",
        "[[null]]",
        "[null]", "[{\"args\": [null], \"kwargs\": null}]",
        "[{\"args\": [{\"class_name\": \"__keras_tensor__\", \"config\": {\"keras_history\": [null]}}]}]"})
    void noWiringEndsWithoutASentence(String inbound) throws IOException {
        Path file = keras("""
                {"class_name": "Functional", "config": {"name": "m", "layers": [
                {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 2]}, "name": "in",
                 "inbound_nodes": []},
                {"class_name": "Dense", "config": {"name": "d", "units": 1}, "name": "d", "inbound_nodes": %s}],
                "input_layers": [["in", 0, 0]], "output_layers": [["d", 0, 0]]}}""".formatted(inbound));
        FormatException told = assertThrows(FormatException.class, () -> KerasFormat.of(file));
        assertTrue(told.getMessage().startsWith(file + ": ") && told.getMessage().contains("'d'"), told.getMessage());
        assertFalse(told.getMessage().contains("Cannot invoke"), told.getMessage());
        assertEquals(told.getMessage(), assertThrows(IOException.class, () -> Model.load(file)).getMessage());
    }

    private Path keras(String config) throws IOException {
        Path file = folder.resolve("m.keras");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "metadata.json", "{\"keras_version\": \"3.8.0\"}");
            put(zip, "config.json", config);
            put(zip, "model.weights.h5", "");
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @ParameterizedTest
    @CsvSource({"mine.h5,mine.gatun", "MINE.H5,MINE.gatun", ".h5,model.gatun", "a,a.gatun",
        "model,model.gatun", "model.v2,model.v2.gatun", "x.gatun.h5,x.gatun", ".gatun.h5,model.gatun",
        "x.nam,x.gatun", "'',model.gatun", "/,model.gatun"})
    void savingAsWhatIsNotWrittenSuggestsANameThatIs(Path file, String own) throws IOException {
        try (Model model = Sequential.of(Input.shape(2), Dense.units(1))) {
            String said = assertThrows(IOException.class, () -> model.save(file)).getMessage();
            assertTrue(said.contains("; save it as '" + own + "' (read: Gatun (.gatun, .safetensors), "), said);
            assertTrue(said.contains("; written: Gatun (.gatun, .safetensors)"), said);
        }
    }

    @Test
    void aReportKeepsWhatItWasGiven() {
        List<String> weights = new ArrayList<>(List.of("kernel"));
        ImportReport.Mapped mapped = new ImportReport.Mapped("dense", "Dense", weights);
        weights.clear();
        assertEquals(List.of("kernel"), mapped.weights());
        assertThrows(UnsupportedOperationException.class, () -> mapped.weights().add("bias"));
    }
}
