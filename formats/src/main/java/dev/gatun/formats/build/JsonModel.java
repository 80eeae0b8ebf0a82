package dev.gatun.formats.build;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.json.JsonException;
import dev.gatun.formats.json.NumbersJson;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/** The outermost object of a JSON file with a model in it. */
public final class JsonModel {

    private JsonModel() {}

    /**
     * Reads a file.
     *
     * @param source a file or a stream
     * @return as {@link NumbersJson} gives it
     * @throws FormatException if it is not sound: says where
     * @throws IOException     if it cannot be read
     */
    public static Map<String, Object> of(ModelSource source) throws IOException {
        try {
            return NumbersJson.object(source.bytes());
        } catch (CharacterCodingException malformed) {
            throw new FormatException(source.name(), "is not UTF-8 text; copy or download it again").because(malformed);
        } catch (JsonException broken) {
            throw new FormatException(source.name(), broken.isLimit()
                    ? broken.getMessage() + ", more than any model needs"
                    : "is not JSON: " + broken.getMessage() + "; copy or download it again").because(broken);
        }
    }
}
