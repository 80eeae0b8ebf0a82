package dev.gatun.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
    private final JsonParser parser;
    private final Deque<Object> open = new ArrayDeque<>();
    private int values;

    JsonReading(String what, JsonParser parser) {
        this.what = what;
        this.parser = parser;
    }

    /** The parser stands at the opening brace, and then at the closing one. */
    Map<String, Object> object() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        open.push(root);
        String key = null;
        while (!open.isEmpty()) {
            JsonToken token = parser.nextToken();
            switch (token) {
                case END_OBJECT, END_ARRAY -> open.pop();
                case FIELD_NAME -> key = parser.currentName();
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
            if (open.size() == PlainJson.DEEPEST) {
                throw new IllegalArgumentException(what + " nests deeper than " + PlainJson.DEEPEST
                        + " levels, more than any model needs");
            }
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

    private Object value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> new LinkedHashMap<String, Object>();
            case START_ARRAY -> new ArrayList<>();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? parser.getBigIntegerValue()
                    : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
