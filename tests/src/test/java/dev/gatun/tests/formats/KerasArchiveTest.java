package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.Model;
import dev.gatun.tests.TinyKeras;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are no good although their entries are. */
final class KerasArchiveTest {

    @TempDir
    private Path folder;

    /** Readers would take one or the other, so that two of them could see two models. */
    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        for (String entry : new String[] {"config.json", "model.weights.h5", "metadata.json"}) {
            Path file = twice(TinyKeras.write(folder.resolve("tiny.keras")), entry);
            FormatException told = assertThrows(FormatException.class, () -> Model.load(file));
            assertTrue(told.getMessage().contains("has two entries '" + entry + "', expected one"), told.getMessage());
        }
    }

    /** A JDK writes no name twice: the last letter is put right afterwards. */
    private Path twice(Path from, String entry) throws IOException {
        String other = entry.substring(0, entry.length() - 1) + "~";
        Path to = folder.resolve("twice.keras");
        try (ZipFile zip = new ZipFile(from.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry each : zip.stream().toList()) {
                put(out, each.getName(), zip.getInputStream(each).readAllBytes());
            }
            put(out, other, zip.getInputStream(zip.getEntry(entry)).readAllBytes());
        }
        String text = new String(Files.readAllBytes(to), StandardCharsets.ISO_8859_1);
        return Files.write(to, text.replace(other, entry).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
