package dev.gatun.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * JSON to and from plain maps, lists, text, booleans, {@link Long} and {@link Double}. NaN and infinities are written as
 * Python writes and reads them. Keys are written in order, so that equal maps give equal text.
 */
public final class PlainJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private PlainJson() {}

    /**
     * @param what what the text is, for messages
     * @throws IllegalArgumentException if it is not one JSON object
     */
    public static Map<String, Object> object(String what, String text) {
        try {
            if (MAPPER.readValue(text, Object.class) instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked")
                Map<String, Object> checked = (Map<String, Object>) map;
                return checked;
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    what + " is not JSON: " + malformed.getOriginalMessage(), malformed);
        }
        throw new IllegalArgumentException(what + " is not a JSON object, but " + FormatException.quote(text));
    }

    /** @throws IllegalArgumentException if the value holds something else than maps, lists, numbers, text and booleans */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + unwritable.getOriginalMessage(),
                    unwritable);
        }
    }
}
