package dev.gatun.tests.formats;

import static dev.gatun.tests.formats.SafetensorsBytes.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsProblem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Sound files that are asked for what they cannot give. */
class SafetensorsAskTest extends SafetensorsFaults {

    private static final String SOUND = entry("t", "F32", "[2]", 0, 8);

    @Test
    void noSuchTensor() throws IOException {
        try (SafetensorsFile read = Safetensors.read(file(of(SOUND)))) {
            FormatException told = assertThrows(FormatException.class, () -> read.tensor("x"));
            check(SafetensorsProblem.NO_SUCH_TENSOR, told, "'x'", "it has 't'");
        }
    }

    @Test
    void unsupportedDtypeOnlyWhenAskedFor() throws IOException {
        for (String dtype : new String[] {"C64", "F8_E4M3", "F99"}) {
            byte[] whole = of(entry("odd", dtype, dtype.equals("F8_E4M3") ? "[8]" : "[1]", 0, 8));
            try (SafetensorsFile read = Safetensors.read(file(whole))) {
                assertEquals(dtype, read.info("odd").dtype());
                FormatException told = assertThrows(FormatException.class, () -> read.tensor("odd"));
                check(SafetensorsProblem.UNSUPPORTED_DTYPE, told, "'odd'", "'" + dtype + "'",
                        "F32");
                assertThrows(FormatException.class, () -> read.doubles("odd"));
            }
        }
    }

    @Test
    void tooLargeForHeap() throws IOException {
        long elements = Integer.MAX_VALUE + 10L;
        byte[] header = SafetensorsBytes.of(entry("t", "U8", "[" + elements + "]", 0, elements), new byte[0]);
        Path sparse = file(header);
        try (RandomAccessFile grown = new RandomAccessFile(sparse.toFile(), "rw")) {
            grown.setLength(header.length + elements);
        }
        try (SafetensorsFile read = Safetensors.read(sparse)) {
            FormatException told = assertThrows(FormatException.class, () -> read.tensor("t"));
            check(SafetensorsProblem.TOO_LARGE_FOR_HEAP, told, "'t'");
            assertThrows(FormatException.class, () -> read.doubles("t"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileShortenedWhileItIsOpenIsRefusedAndTheJvmLives() throws IOException {
        int bytes = 1 << 20;
        String entries = entry("t", "F32", "[" + bytes / 4 + "]", 0, bytes);
        Path file = file(SafetensorsBytes.of(entries, new byte[bytes]));
        try (SafetensorsFile read = Safetensors.read(file)) {
            try (RandomAccessFile shortened = new RandomAccessFile(file.toFile(), "rw")) {
                shortened.setLength(200);
            }
            FormatException told = assertThrows(FormatException.class, () -> read.tensor("t"));
            check(SafetensorsProblem.CHANGED_WHILE_OPEN, told, "another process");
            assertThrows(FormatException.class, () -> read.doubles("t"));
        }
    }

    @Test
    void unknownKeysAndNullMetadataAreReadAsTheReferenceDoes() throws IOException {
        String entries = "\"__metadata__\":null," + SOUND.replace("\"dtype\"", "\"later\":[{\"x\":[1.5]}],\"dtype\"");
        try (SafetensorsFile read = Safetensors.read(file(of(entries)))) {
            assertEquals(1, read.tensors().size());
            assertTrue(read.metadata().isEmpty());
        }
        try (SafetensorsFile empty = Safetensors.read(file(SafetensorsBytes.of("", new byte[0])))) {
            assertTrue(empty.tensors().isEmpty());
        }
    }
}
