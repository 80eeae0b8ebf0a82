package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model's configuration in a file of its own. */
final class ConfigFile {

    private static final int MOST_BYTES = 1 << 26;

    private ConfigFile() {}

    /** @throws FormatException if it cannot be read, is too long, or not one JSON object */
    static Map<String, Object> read(Path path) throws FormatException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException failed) {
            throw new FormatException(path, "cannot be read (" + failed.getClass().getSimpleName()
                    + "); check the path").because(failed);
        }
        if (bytes.length > MOST_BYTES) {
            throw new FormatException(path,
                    "has more than " + MOST_BYTES + " bytes, which no model's configuration has");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return PlainJson.object("the configuration", text);
        } catch (CharacterCodingException malformed) {
            throw new FormatException(path, "is not UTF-8 text; write it with model.to_json()").because(malformed);
        } catch (IllegalArgumentException malformed) {
            throw new FormatException(path, malformed.getMessage()).because(malformed);
        }
    }
}
