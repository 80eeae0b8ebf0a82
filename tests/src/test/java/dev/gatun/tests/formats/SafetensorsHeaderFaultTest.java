package dev.gatun.tests.formats;

import static dev.gatun.tests.formats.SafetensorsBytes.entry;

import dev.gatun.formats.tensors.SafetensorsProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Refused headers: text, JSON, keys and entries. */
class SafetensorsHeaderFaultTest extends SafetensorsFaults {

    private static final String SOUND = entry("t", "F32", "[2]", 0, 8);

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
}
