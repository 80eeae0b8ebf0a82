package dev.gatun.tests.formats;

import static dev.gatun.tests.formats.SafetensorsBytes.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsProblem;
import dev.gatun.memory.FloatSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    void numbersAreReadInPieces() throws IOException {
        int count = 50_000;
        ByteBuffer bytes = ByteBuffer.allocate(6 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(i * 0.5f);
        }
        for (int i = 0; i < count; i++) {
            bytes.putShort(Float.floatToFloat16(i % 1000));
        }
        String entries = entry("t", "F32", "[" + count + "]", 0, 4 * count) + ","
                + entry("half", "F16", "[" + count + "]", 4 * count, 6 * count);
        try (SafetensorsFile read = Safetensors.read(file(SafetensorsBytes.of(entries, bytes.array())))) {
            for (int[] piece : new int[][] {{0, 1}, {0, count}, {17, 20_000}, {count - 3, 3}, {count, 0}}) {
                float[] numbers = new float[piece[1] + 1];
                read.floats("t").read(piece[0], numbers, piece[1]);
                float[] halves = new float[piece[1] + 1];
                read.floats("half").read(piece[0], halves, piece[1]);
                for (int i = 0; i < piece[1]; i++) {
                    assertEquals((piece[0] + i) * 0.5f, numbers[i]);
                    assertEquals((piece[0] + i) % 1000, halves[i]);
                }
                assertEquals(0f, numbers[piece[1]], "what is behind the piece is not written");
            }
            FloatSource numbers = read.floats("t");
            assertThrows(IndexOutOfBoundsException.class, () -> numbers.read(count - 3, new float[4], 4));
            assertThrows(IndexOutOfBoundsException.class, () -> numbers.read(-1, new float[4], 4));
            assertThrows(IndexOutOfBoundsException.class, () -> numbers.read(0, new float[3], 4));
            assertThrows(FormatException.class, () -> read.floats("other"));
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
            check(SafetensorsProblem.CHANGED_WHILE_OPEN, assertThrows(FormatException.class,
                    () -> read.floats("t").read(0, new float[bytes / 4], bytes / 4)), "another process");
            check(SafetensorsProblem.CHANGED_WHILE_OPEN, assertThrows(FormatException.class,
                    () -> read.floats("t").read(bytes / 4 - 3, new float[3], 3)), "another process");
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
