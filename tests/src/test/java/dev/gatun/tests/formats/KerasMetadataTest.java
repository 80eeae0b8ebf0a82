package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's metadata in a {@code .keras} file, where Keras does not look for them. */
final class KerasMetadataTest {

    @TempDir
    private Path folder;

    private static Model model() {
        return Sequential.of(Input.shape(3), Dense.units(2));
    }

    @Test
    void theyComeBack() throws IOException {
        Path file = folder.resolve("model.keras");
        Path again = folder.resolve("again.keras");
        Map<String, String> texts = Map.of("scale", "2", "quoted \"key\"", "lines\nof Ümläute \u0001");
        try (Model model = model()) {
            model.metadata().putAll(texts);
            assertEquals(List.of(), new KerasFormat().leavesOut(model));
            model.save(file);
        }
        try (Model read = Model.load(file)) {
            assertEquals(texts, read.metadata());
            read.save(again);
        }
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    @Test
    void moreThanIsReadIsLeftOutAndSaid() throws IOException {
        Path file = folder.resolve("model.keras");
        try (Model model = model()) {
            model.metadata().put("long", "ä".repeat(1 << 19));
            String left = new KerasFormat().leavesOut(model).toString();
            assertTrue(left.contains("its metadata [long], which are more than is read"), left);
            model.save(file);
        }
        try (Model read = Model.load(file)) {
            assertEquals(Map.of(), read.metadata());
        }
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("model.keras");
        try (Model model = model()) {
            model.metadata().put("scale", "2");
            model.save(file);
        }
        Path changed = folder.resolve("changed.keras");
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream from = new ZipInputStream(in);
                OutputStream out = Files.newOutputStream(changed);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] bytes = from.readAllBytes();
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(entry.getName().equals("metadata.json")
                        ? new String(bytes, StandardCharsets.UTF_8).replace("\"2\"", "2")
                                .getBytes(StandardCharsets.UTF_8)
                        : bytes);
            }
        }
        String said = assertThrows(FormatException.class, () -> Model.load(changed)).getMessage();
        assertTrue(said.contains("changed.keras") && said.contains("scale"), said);
    }
}
