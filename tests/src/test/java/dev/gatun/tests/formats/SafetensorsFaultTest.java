package dev.gatun.tests.formats;

import static dev.gatun.tests.formats.SafetensorsBytes.entry;

import dev.gatun.formats.tensors.SafetensorsProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One test per cause for which a file is refused; those of the header's text are in SafetensorsHeaderFaultTest. */
class SafetensorsFaultTest extends SafetensorsFaults {

    private static final String SOUND = entry("t", "F32", "[2]", 0, 8);

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
    void namesFromTheFileCannotBreakTheLine() throws IOException {
        String name = "a\\nb\\u001b[31m\\u202e" + "x".repeat(10_000);
        refused(SafetensorsProblem.HOLE, of(entry(name, "F32", "[1]", 4, 8)), "a?b?[31m?xxx", "...");
    }
}
