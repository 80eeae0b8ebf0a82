package dev.gatun.formats.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object that holds weights, as plain values: an array of nothing but numbers is a {@code float[]}, four bytes for each
 * instead of an object; other arrays are lists. What is beside the numbers is limited, so that a small text asks for little.
 */
public final class NumbersJson {

    /** Levels of objects and arrays: a model with weights in it has about six. */
    static final int DEEPEST = 32;

    /** Objects, arrays, texts and numbers outside of arrays: each row of a matrix is one. */
    static final int MOST_VALUES = 1 << 20;

    private static final int FIRST_ROOM = 1 << 12;

    private final JsonTokens tokens;
    private float[] row = new float[FIRST_ROOM];
    private int values;

    private NumbersJson(Reader text) {
        this.tokens = new JsonTokens(text, DEEPEST, true);
    }

    /**
     * Reads a whole text.
     *
     * @param in UTF-8, read to its end
     * @return in the text's order
     * @throws JsonException if it is not one JSON object, or goes beyond a limit
     * @throws IOException   if it cannot be read
     */
    public static Map<String, Object> object(InputStream in) throws IOException {
        NumbersJson json = new NumbersJson(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        if (json.tokens.next() != JsonToken.OBJECT) {
            throw new JsonException("expected an object at the start, got something else", false);
        }
        Map<String, Object> object = json.object();
        json.tokens.next();
        return object;
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (tokens.next() == JsonToken.KEY) {
            String key = tokens.text();
            if (object.containsKey(key)) {
                throw new JsonException("holds the key '" + key + "' twice in one object", false);
            }
            object.put(key, value(tokens.next()));
        }
        return object;
    }

    /** Goes no deeper than {@link #DEEPEST}, which the tokens hold. */
    private Object value(JsonToken token) throws IOException {
        if (++values > MOST_VALUES) {
            throw new JsonException("holds more than " + MOST_VALUES + " values beside the numbers in arrays", true);
        }
        return switch (token) {
            case OBJECT -> object();
            case ARRAY -> array();
            case TEXT -> tokens.text();
            case WHOLE -> tokens.isLong() ? (Object) tokens.toLong() : (Object) tokens.toDouble();
            case DECIMAL -> tokens.toDouble();
            case TRUE -> true;
            case FALSE -> false;
            default -> null;
        };
    }

    /** The numbers an array begins with go into the row that all arrays share; whatever else comes makes it a list. */
    private Object array() throws IOException {
        int count = 0;
        JsonToken token = tokens.next();
        for (; token == JsonToken.WHOLE || token == JsonToken.DECIMAL; token = tokens.next()) {
            if (count == row.length) {
                row = Arrays.copyOf(row, 2 * count);
            }
            row[count++] = tokens.toFloat();
        }
        if (token == JsonToken.ARRAY_END) {
            return Arrays.copyOf(row, count);
        }
        values += count;
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add((double) row[i]);
        }
        for (; token != JsonToken.ARRAY_END; token = tokens.next()) {
            list.add(value(token));
        }
        return list;
    }
}
