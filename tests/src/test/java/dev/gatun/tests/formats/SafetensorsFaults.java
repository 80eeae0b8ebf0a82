package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What tests of refused safetensors files share. */
abstract class SafetensorsFaults {

    @TempDir
    Path folder;

    static byte[] of(String entries) {
        return SafetensorsBytes.of(entries, new byte[8]);
    }

    final void refused(SafetensorsProblem problem, byte[] bytes, String... parts) throws IOException {
        assertProblem(problem, file(bytes), parts);
    }

    static void assertProblem(SafetensorsProblem problem, Path file, String... parts) {
        check(problem, assertThrows(FormatException.class, () -> Safetensors.read(file).close()), parts);
    }

    static void check(SafetensorsProblem problem, FormatException told, String... parts) {
        assertEquals(problem, told.problem().orElseThrow(), told.getMessage());
        assertEquals(1, told.getMessage().lines().count());
        assertTrue(told.getMessage().length() < 800, told.getMessage());
        for (String part : parts) {
            assertTrue(told.getMessage().contains(part), () -> "'" + part + "' is missing in: " + told.getMessage());
        }
    }

    final Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("given.safetensors"), bytes);
    }
}
