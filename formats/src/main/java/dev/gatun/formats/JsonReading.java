package dev.gatun.formats;

import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object as plain values, within limits: a few bytes of JSON can ask for many of heap, and a short text for a deep
 * stack in whoever walks through the result.
 */
final class JsonReading {

    private final String what;
    private final JsonTokens tokens;
    private final Deque<Object> open = new ArrayDeque<>();
    private int values;

    JsonReading(String what, JsonTokens tokens) {
        this.what = what;
        this.tokens = tokens;
    }

    /** The token at hand is the opening brace, and then the closing one. */
    Map<String, Object> object() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        open.push(root);
        String key = null;
        while (!open.isEmpty()) {
            JsonToken token = tokens.next();
            switch (token) {
                case OBJECT_END, ARRAY_END -> open.pop();
                case KEY -> key = tokens.text();
                default -> add(key, value(token));
            }
        }
        return root;
    }

    private void add(String key, Object value) {
        if (++values > PlainJson.MOST_VALUES) {
            throw new IllegalArgumentException(what + " holds more than " + PlainJson.MOST_VALUES
                    + " values, more than any model needs");
        }
        if (open.peek() instanceof Map<?, ?>) {
            Map<String, Object> map = openMap();
            if (map.containsKey(key)) {
                throw new IllegalArgumentException(
                        what + " is not JSON: Duplicate key " + FormatException.quote(key) + " in one object");
            }
            map.put(key, value);
        } else {
            openList().add(value);
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            open.push(value);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> openMap() {
        return (Map<String, Object>) open.peek();
    }

    @SuppressWarnings("unchecked")
    private List<Object> openList() {
        return (List<Object>) open.peek();
    }

    private Object value(JsonToken token) {
        return switch (token) {
            case OBJECT -> new LinkedHashMap<String, Object>();
            case ARRAY -> new ArrayList<>();
            case TEXT -> tokens.text();
            case WHOLE -> tokens.isLong() ? (Object) tokens.toLong() : tokens.toBigInteger();
            case DECIMAL -> tokens.toDouble();
            case TRUE -> true;
            case FALSE -> false;
            default -> null;
        };
    }
}
