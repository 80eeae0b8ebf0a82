package dev.gatun.formats;

import dev.gatun.formats.json.JsonException;
import dev.gatun.formats.json.JsonText;
import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON to and from plain maps, lists, text, booleans, {@link Long} and {@link Double}. NaN and infinities are written as
 * Python writes and reads them.
 */
public final class PlainJson {

    /** Values of one text, those in lists and maps included: a layer of Keras's has about 60. */
    public static final int MOST_VALUES = 2_000_000;

    /** Levels of lists and maps; a model of Keras's has about a dozen. */
    public static final int DEEPEST = 100;

    /** Characters of one text, the most that a header of safetensors holds. */
    public static final int LONGEST = 100_000_000;

    private final boolean isSorted;
    private final StringBuilder out = new StringBuilder();

    private PlainJson(boolean isSorted) {
        this.isSorted = isSorted;
    }

    /**
     * Reads one object.
     *
     * @param what what the text is, for messages
     * @param text JSON, within {@link #LONGEST}, {@link #DEEPEST} and {@link #MOST_VALUES}
     * @return in the text's order
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if it is not one JSON object, or beyond a limit
     */
    public static Map<String, Object> object(String what, String text) {
        Arguments.required(what, "PlainJson.object", "what", "what the text is");
        Arguments.required(text, "PlainJson.object", "text", "JSON");
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters, expected at most " + LONGEST);
        }
        JsonTokens tokens = new JsonTokens(new StringReader(text), DEEPEST, true);
        try {
            if (tokens.next() != JsonToken.OBJECT) {
                throw new IllegalArgumentException(
                        what + " is not a JSON object, but " + FormatException.quote(text));
            }
            Map<String, Object> map = new JsonReading(what, tokens).object();
            tokens.next();
            return map;
        } catch (JsonException beyond) {
            throw new IllegalArgumentException(beyond.isLimit()
                    ? what + " " + beyond.getMessage() + ", more than any model needs"
                    : what + " is not JSON: " + beyond.getMessage(), beyond);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Writes a value, the keys of its maps sorted, so that equal maps give equal text.
     *
     * @param value of maps, lists, numbers, text, booleans and null
     * @return JSON on one line
     * @throws IllegalArgumentException if it holds something else, nests deeper than {@link #DEEPEST}, or is longer than
     *                                  {@link #LONGEST}
     */
    public static String text(Object value) {
        return new PlainJson(true).written(value);
    }

    /**
     * Writes a value, the keys of its maps as these give them, for people who read it.
     *
     * @param value of maps, lists, numbers, text, booleans and null
     * @return JSON on one line
     * @throws IllegalArgumentException as {@link #text}
     */
    public static String inOrder(Object value) {
        return new PlainJson(false).written(value);
    }

    private String written(Object value) {
        write(value, 0);
        return out.toString();
    }

    /** The depth is bounded, which also ends a list that holds itself. */
    private void write(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("Cannot be written as JSON: nested deeper than " + DEEPEST + " levels");
        }
        switch (value) {
            case null -> out.append("null");
            case String text -> writeText(text);
            case Boolean flag -> out.append(flag);
            case Integer number -> out.append(number);
            case Long number -> out.append(number);
            case BigInteger number -> out.append(number);
            case Float number -> out.append(number);
            case Double number -> out.append(number);
            case List<?> list -> writeList(list, depth);
            case Map<?, ?> map -> writeMap(map, depth);
            default -> throw new IllegalArgumentException(
                    "Cannot be written as JSON: a " + value.getClass().getName());
        }
        requireRoom(0);
    }

    /** Stops what would not be read again, before it fills the heap. */
    private void requireRoom(int more) {
        if (out.length() + (long) more > LONGEST) {
            throw new IllegalArgumentException("Cannot be written as JSON: more than " + LONGEST + " characters");
        }
    }

    private void writeText(String text) {
        requireRoom(text.length());
        JsonText.append(out, text);
    }

    private void writeList(List<?> list, int depth) {
        char before = '[';
        for (Object element : list) {
            out.append(before);
            write(element, depth + 1);
            before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
    }

    private void writeMap(Map<?, ?> map, int depth) {
        Map<String, Object> ordered = isSorted ? new TreeMap<>() : new LinkedHashMap<>();
        map.forEach((key, value) -> ordered.put(key(key), value));
        char before = '{';
        for (Map.Entry<String, Object> entry : ordered.entrySet()) {
            out.append(before);
            writeText(entry.getKey());
            out.append(':');
            write(entry.getValue(), depth + 1);
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Cannot be written as JSON: a map with the key " + key
                + ", expected text as key");
    }
}
