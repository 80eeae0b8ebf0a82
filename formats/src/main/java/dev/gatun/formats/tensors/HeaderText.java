package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The bytes of a header as text, without a copy of all of it: a header may have 100 MB. */
final class HeaderText {

    private static final int CHUNK_CHARS = 8192;

    /** The order of UTF-8 bytes, as Rust sorts strings; {@link String#compareTo} differs behind U+FFFF. */
    static final Comparator<String> UTF8_ORDER = new Utf8Order();

    private HeaderText() {}

    /** A class, since a lambda would take the start of a JVM longer. */
    private static final class Utf8Order implements Comparator<String> {
        @Override
        public int compare(String left, String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * A reader that refuses malformed UTF-8. The encoding is fixed here: given bytes, Jackson would guess UTF-16 from
     * zero bytes and so read another file than the reference does.
     */
    static Reader reader(MemorySegment text) {
        return new InputStreamReader(
                new SegmentStream(text),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** @throws FormatException with {@link SafetensorsProblem#HEADER_NOT_UTF8} */
    static void requireUtf8(Object file, MemorySegment text) throws FormatException {
        char[] chunk = new char[CHUNK_CHARS];
        try (Reader reader = reader(text)) {
            while (reader.read(chunk) >= 0) {
                continue;
            }
        } catch (CharacterCodingException malformed) {
            throw new FormatException(file, SafetensorsProblem.HEADER_NOT_UTF8, "the header is not UTF-8 text; is it a"
                    + " safetensors file?")
                    .because(malformed);
        } catch (IOException failed) {
            throw new IllegalStateException("reading memory failed", failed);
        }
    }

    /** Whether the text has no half of a surrogate pair: JSON can spell one, UTF-8 cannot. */
    static boolean isWellFormed(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                if (at + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(at + 1))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private static final class SegmentStream extends InputStream {

        private final long endBytes;
        private final MappedWindow window;
        private long nextBytes;

        SegmentStream(MemorySegment text) {
            this.endBytes = text.byteSize();
            this.window = new MappedWindow(text);
        }

        @Override
        public int read() {
            return nextBytes == endBytes ? -1 : window.bytes()[window.at(nextBytes++, 1)] & 0xFF;
        }

        @Override
        public int read(byte[] target, int start, int length) {
            if (length == 0 || nextBytes == endBytes) {
                return length == 0 ? 0 : -1;
            }
            int count = (int) Math.min(Math.min(length, MappedWindow.LARGEST_BYTES), endBytes - nextBytes);
            System.arraycopy(window.bytes(), window.at(nextBytes, count), target, start, count);
            nextBytes += count;
            return count;
        }
    }
}
