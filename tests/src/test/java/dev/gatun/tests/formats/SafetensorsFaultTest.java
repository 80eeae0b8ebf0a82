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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test per constant of {@link SafetensorsProblem}. */
class SafetensorsFaultTest {

    private static final String SOUND = entry("t", "F32", "[2]", 0, 8);

    @TempDir
    Path folder;

    @Test
    void unreadable() throws IOException {
        Path missing = folder.resolve("missing.safetensors");
        assertProblem(SafetensorsProblem.UNREADABLE, missing, missing.toString(), "no such file");
        assertProblem(SafetensorsProblem.UNREADABLE, folder, "folder");
    }

    @Test
    void tooShort() throws IOException {
        refused(SafetensorsProblem.TOO_SHORT, new byte[0], "got 0 bytes");
        refused(SafetensorsProblem.TOO_SHORT, new byte[7], "got 7 bytes");
    }

    @Test
    void headerLengthOverflow() throws IOException {
        refused(SafetensorsProblem.HEADER_LENGTH_OVERFLOW, SafetensorsBytes.length(-1, 4), "18446744073709551615");
        refused(SafetensorsProblem.HEADER_LENGTH_OVERFLOW, SafetensorsBytes.length(Long.MIN_VALUE, 4));
    }

    @Test
    void headerTooLarge() throws IOException {
        refused(SafetensorsProblem.HEADER_TOO_LARGE, SafetensorsBytes.length(100_000_001, 4), "100000001",
                "at most 100000000");
        refused(SafetensorsProblem.HEADER_TOO_LARGE, SafetensorsBytes.length(Long.MAX_VALUE, 4));
        refused(SafetensorsProblem.HEADER_TOO_LARGE, "version https://git-lfs".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void headerOutsideFile() throws IOException {
        refused(SafetensorsProblem.HEADER_OUTSIDE_FILE, SafetensorsBytes.length(100_000_000, 4),
                "the file has 12 bytes");
        refused(SafetensorsProblem.HEADER_OUTSIDE_FILE, SafetensorsBytes.length(5, 4));
    }

    @Test
    void headerNotUtf8() throws IOException {
        byte[] latin = SafetensorsBytes.of(entry("\u00e4", "F32", "[2]", 0, 8), new byte[8]);
        int lead = IntStream.range(0, latin.length).filter(i -> latin[i] == (byte) 0xC3).findFirst().orElseThrow();
        latin[lead] = 'x';
        refused(SafetensorsProblem.HEADER_NOT_UTF8, latin);
        byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '0', '}'};
        refused(SafetensorsProblem.HEADER_NOT_UTF8, SafetensorsBytes.withHeader(overlong, new byte[0]));
        byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '0', '}'};
        refused(SafetensorsProblem.HEADER_NOT_UTF8, SafetensorsBytes.withHeader(surrogate, new byte[0]));
        byte[] cutShort = {'{', '}', ' ', (byte) 0xE2, (byte) 0x82};
        refused(SafetensorsProblem.HEADER_NOT_UTF8, SafetensorsBytes.withHeader(cutShort, new byte[0]));
    }

    @Test
    void utf8IsCheckedBeforeJson() throws IOException {
        refused(
                SafetensorsProblem.HEADER_NOT_UTF8,
                SafetensorsBytes.withHeader(new byte[] {'n', 'o', 't', ' ', (byte) 0xFF}, new byte[0]));
    }

    @Test
    void headerNotJson() throws IOException {
        for (String text : new String[] {
            "", " ", "[]", "null", "12", "{", "{\"t\"", "{]", "{'t':1}", "{} x", "{}{}", "{}\0\0", "\ufeff{}",
            "{\"a\\ud83d\":1}",
            "[".repeat(100_000), "{\"t\":{\"x\":" + "[".repeat(100_000), "{\"a\":NaN}", "{/**/}", "{\"t\":{},}"
        }) {
            refused(
                    text.equals("{\"t\":{},}") ? SafetensorsProblem.BAD_ENTRY : SafetensorsProblem.HEADER_NOT_JSON,
                    SafetensorsBytes.withHeader(text.getBytes(StandardCharsets.UTF_8), new byte[0]));
        }
    }

    @Test
    void zeroBytesDoNotMakeTheHeaderUtf16() throws IOException {
        refused(
                SafetensorsProblem.HEADER_NOT_JSON,
                SafetensorsBytes.withHeader("{}".getBytes(StandardCharsets.UTF_16LE), new byte[0]));
    }

    @Test
    void duplicateKey() throws IOException {
        refused(SafetensorsProblem.DUPLICATE_KEY, of(SOUND + "," + SOUND), "'t'", "twice");
        refused(SafetensorsProblem.DUPLICATE_KEY, of(SOUND + "," + SOUND.replace("\"t\"", "\"\\u0074\"")), "'t'");
        refused(SafetensorsProblem.DUPLICATE_KEY, of("\"__metadata__\":{},\"__metadata__\":{}"));
        refused(SafetensorsProblem.DUPLICATE_KEY, of("\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}"), "'k'");
        refused(SafetensorsProblem.DUPLICATE_KEY, of("\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}"), "'dtype'");
    }

    @Test
    void tooManyEntries() throws IOException {
        String keys = IntStream.range(0, 300_000).mapToObj(i -> "\"" + i + "\":\"\"").collect(Collectors.joining(","));
        refused(SafetensorsProblem.TOO_MANY_ENTRIES, of("\"__metadata__\":{" + keys + "}"));
        refused(SafetensorsProblem.TOO_MANY_ENTRIES, of("\"t\":{" + keys + "}"));
        String tensors = IntStream.range(0, 300_000)
                .mapToObj(i -> entry("" + i, "F32", "[0]", 0, 0))
                .collect(Collectors.joining(","));
        refused(SafetensorsProblem.TOO_MANY_ENTRIES, of(tensors));
    }

    @Test
    void metadataNotStrings() throws IOException {
        refused(SafetensorsProblem.METADATA_NOT_STRINGS, of("\"__metadata__\":[]"));
        refused(SafetensorsProblem.METADATA_NOT_STRINGS, of("\"__metadata__\":{\"k\":1}"), "'k'");
        refused(SafetensorsProblem.METADATA_NOT_STRINGS, of("\"__metadata__\":{\"k\":{}}"));
        refused(SafetensorsProblem.METADATA_NOT_STRINGS, of(entry("__metadata__", "F32", "[0]", 0, 0)));
    }

    @Test
    void badEntry() throws IOException {
        for (String value : new String[] {
            "1", "[]", "null", "{}", "{\"dtype\":1}", "{\"dtype\":\"F32\",\"shape\":[2]}",
            "{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}",
            "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}",
            "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,\"8\"]}",
            "{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[2e0],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[-0],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[null],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}",
            "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,18446744073709551615]}",
            "{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(64) + "1],\"data_offsets\":[0,4]}"
        }) {
            refused(SafetensorsProblem.BAD_ENTRY, of("\"the name\":" + value), "'the name'");
        }
    }

    @Test
    void hole() throws IOException {
        refused(SafetensorsProblem.HOLE, of(entry("t", "F32", "[1]", 4, 8)), "'t'", "byte 0", "got 4");
        refused(SafetensorsProblem.HOLE, of(entry("a", "F32", "[0]", 0, 0) + "," + entry("b", "F32", "[1]", 4, 8)),
                "'b'");
    }

    @Test
    void overlap() throws IOException {
        refused(SafetensorsProblem.OVERLAP, of(SOUND + "," + entry("u", "F32", "[1]", 4, 8)), "'u'", "byte 8", "got 4");
        refused(SafetensorsProblem.OVERLAP, of(SOUND + "," + entry("u", "F32", "[2]", 0, 8)), "'u'");
    }

    @Test
    void endBeforeBegin() throws IOException {
        refused(SafetensorsProblem.END_BEFORE_BEGIN, of(SOUND + "," + entry("u", "F32", "[1]", 8, 4)), "'u'");
    }

    @Test
    void elementsOverflow() throws IOException {
        refused(SafetensorsProblem.ELEMENTS_OVERFLOW, of(entry("t", "F32", "[4294967296,4294967296]", 0, 8)), "'t'");
        refused(SafetensorsProblem.ELEMENTS_OVERFLOW, of(entry("t", "F32", "[4294967296,4294967296,0]", 0, 0)));
        refused(SafetensorsProblem.ELEMENTS_OVERFLOW, of(entry("t", "??", "[4294967296,4294967296]", 0, 8)));
    }

    @Test
    void bitsOverflow() throws IOException {
        refused(SafetensorsProblem.BITS_OVERFLOW, of(entry("t", "F32", "[4294967296,1073741824]", 0, 8)), "'t'");
    }

    @Test
    void notWholeBytes() throws IOException {
        refused(SafetensorsProblem.NOT_WHOLE_BYTES, of(entry("t", "F4", "[3]", 0, 2)), "12 bits");
    }

    @Test
    void spanMismatch() throws IOException {
        refused(SafetensorsProblem.SPAN_MISMATCH, of(entry("t", "F32", "[3]", 0, 8)), "'t'", "needs 12 bytes", "got 8");
        refused(SafetensorsProblem.SPAN_MISMATCH, of(entry("t", "F32", "[0]", 0, 8)));
        refused(SafetensorsProblem.SPAN_MISMATCH, of(entry("t", "F64", "[2]", 0, 8)));
    }

    @Test
    void truncated() throws IOException {
        byte[] whole = of(SOUND);
        refused(SafetensorsProblem.TRUNCATED, Arrays.copyOf(whole, whole.length - 1), "promises 8 bytes", "got 7");
        refused(SafetensorsProblem.TRUNCATED, of(entry("t", "F32", "[1099511627776]", 0, 4L << 40)));
        refused(SafetensorsProblem.TRUNCATED, of(entry("t", "??", "[2]", 0, Long.MAX_VALUE)));
    }

    @Test
    void trailingBytes() throws IOException {
        byte[] whole = of(SOUND);
        refused(SafetensorsProblem.TRAILING_BYTES, Arrays.copyOf(whole, whole.length + 1), "promises 8 bytes", "got 9");
    }

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
                check(SafetensorsProblem.UNSUPPORTED_DTYPE, told, "'odd'", "'" + dtype + "'", "F32");
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
            check(SafetensorsProblem.TOO_LARGE_FOR_HEAP, assertThrows(FormatException.class, () -> read.tensor("t")),
                    "'t'");
            assertThrows(FormatException.class, () -> read.doubles("t"));
        }
    }

    @Test
    void namesFromTheFileCannotBreakTheLine() throws IOException {
        String name = "a\\nb\\u001b[31m\\u202e" + "x".repeat(10_000);
        refused(SafetensorsProblem.HOLE, of(entry(name, "F32", "[1]", 4, 8)), "a?b?[31m?xxx", "...");
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

    private static byte[] of(String entries) {
        return SafetensorsBytes.of(entries, new byte[8]);
    }

    private void refused(SafetensorsProblem problem, byte[] bytes, String... parts) throws IOException {
        assertProblem(problem, file(bytes), parts);
    }

    private static void assertProblem(SafetensorsProblem problem, Path file, String... parts) {
        check(problem, assertThrows(FormatException.class, () -> Safetensors.read(file).close()), parts);
    }

    private static void check(SafetensorsProblem problem, FormatException told, String... parts) {
        assertEquals(problem, told.problem().orElseThrow(), told.getMessage());
        assertEquals(1, told.getMessage().lines().count());
        assertTrue(told.getMessage().length() < 800, told.getMessage());
        for (String part : parts) {
            assertTrue(told.getMessage().contains(part), () -> "'" + part + "' is missing in: " + told.getMessage());
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("given.safetensors"), bytes);
    }
}
