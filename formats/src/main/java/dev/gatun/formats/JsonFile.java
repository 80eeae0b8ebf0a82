package dev.gatun.formats;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file that is one JSON object. */
public final class JsonFile {

    private static final int MOST_BYTES = 1 << 26;

    private JsonFile() {}

    /**
     * Reads a file, whole.
     *
     * @param path of the file
     * @param what it is, for messages: {@code the configuration}
     * @param fix  what to do about one that is not sound, for messages
     * @return as {@link PlainJson} reads it
     * @throws FormatException if it cannot be read, is too long, is not UTF-8, or is not one JSON object
     */
    public static Map<String, Object> read(Path path, String what, String fix) throws FormatException {
        Arguments.required(path, "JsonFile.read", "path", "the path of a file");
        Arguments.required(what, "JsonFile.read", "what", "what the file is, for messages");
        Arguments.required(fix, "JsonFile.read", "fix", "what to do about a file that is not sound");
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException failed) {
            throw new FormatException(path, "cannot be read (" + failed.getClass().getSimpleName()
                    + "); check the path").because(failed);
        }
        if (bytes.length > MOST_BYTES) {
            throw new FormatException(path, "has more than " + MOST_BYTES + " bytes, which " + what + " never has");
        }
        try {
            return PlainJson.object(what,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException malformed) {
            throw new FormatException(path, "is not UTF-8 text; " + fix).because(malformed);
        } catch (IllegalArgumentException malformed) {
            throw new FormatException(path, malformed.getMessage()).because(malformed);
        }
    }
}
