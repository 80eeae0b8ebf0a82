package dev.gatun.cli.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.PlainJson;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code gatun train} leaves in a model's metadata: an object under a key of its own. */
final class SavedObject {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SavedObject() {}

    /**
     * The object, read.
     *
     * @param metadata of the model
     * @param key      of the object
     * @param read     throws an {@link IllegalArgumentException} that says what is wrong with an object
     * @return empty if there is none
     * @throws Refusal if there is one that cannot be understood
     */
    static <T> Optional<T> in(Map<String, String> metadata, String key, Function<JsonNode, T> read) {
        String text = metadata.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(JSON.valueToTree(PlainJson.object(key, text))));
        } catch (IllegalArgumentException unsound) {
            throw new Refusal("The model's metadata '" + key + "' is damaged (" + unsound.getMessage()
                    + "); train the model again");
        }
    }
}
