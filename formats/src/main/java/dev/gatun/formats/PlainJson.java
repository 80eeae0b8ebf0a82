package dev.gatun.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON to and from plain maps, lists, text, booleans, {@link Long} and {@link Double}. NaN and infinities are written as
 * Python writes and reads them. Keys are written in order, so that equal maps give equal text.
 *
 * <p>By tokens: Jackson's data binding takes a fifth of a second to load, half of what a program needs to its first prediction.
 */
public final class PlainJson {

    /** Values of one text, those in lists and maps included: a layer of Keras's has about 60. */
    public static final int MOST_VALUES = 2_000_000;

    /** Levels of lists and maps; a model of Keras's has about a dozen. */
    public static final int DEEPEST = 100;

    /** Characters of one text, the most that a header of safetensors holds. */
    public static final int LONGEST = 100_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            // Hostile keys must not live on in the JVM's string table or in a table shared by all parsers.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    // One more, so that the limits here are met first, each with its own words.
                    .maxNestingDepth(DEEPEST + 1)
                    .maxStringLength(LONGEST + 1)
                    .maxNameLength(LONGEST + 1)
                    .build())
            .build();

    private PlainJson() {}

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
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException(
                        what + " is not a JSON object, but " + FormatException.quote(text));
            }
            Map<String, Object> map = new JsonReading(what, parser).object();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(what + " is not JSON: more follows after the object's end");
            }
            return map;
        } catch (StreamConstraintsException beyond) {
            // What is left of the parser's own limits.
            throw new IllegalArgumentException(what + " holds a number of more than "
                    + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " digits", beyond);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    what + " is not JSON: " + JsonReason.of(malformed.getOriginalMessage()), malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Writes a value.
     *
     * @param value of maps, lists, numbers, text, booleans and null
     * @return JSON on one line
     * @throws IllegalArgumentException if it holds something else, nests deeper than {@link #DEEPEST}, or is longer than
     *                                  {@link #LONGEST}
     */
    public static String text(Object value) {
        StringWriter text = new LimitedWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, value, 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Stops what would not be read again, before it fills the heap. */
    private static final class LimitedWriter extends StringWriter {

        @Override
        public void write(char[] characters, int start, int count) {
            if (getBuffer().length() + (long) count > LONGEST) {
                throw new IllegalArgumentException("Cannot be written as JSON: more than " + LONGEST + " characters");
            }
            super.write(characters, start, count);
        }
    }

    /** The depth is bounded, which also ends a list that holds itself. */
    private static void write(JsonGenerator generator, Object value, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("Cannot be written as JSON: nested deeper than " + DEEPEST + " levels");
        }
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case Float number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case List<?> list -> {
                generator.writeStartArray();
                for (Object element : list) {
                    write(generator, element, depth + 1);
                }
                generator.writeEndArray();
            }
            case Map<?, ?> map -> writeMap(generator, map, depth);
            default -> throw new IllegalArgumentException(
                    "Cannot be written as JSON: a " + value.getClass().getName());
        }
    }

    private static void writeMap(JsonGenerator generator, Map<?, ?> map, int depth) throws IOException {
        Map<String, Object> ordered = new TreeMap<>();
        map.forEach((key, value) -> ordered.put(key(key), value));
        generator.writeStartObject();
        for (Map.Entry<String, Object> entry : ordered.entrySet()) {
            generator.writeFieldName(entry.getKey());
            write(generator, entry.getValue(), depth + 1);
        }
        generator.writeEndObject();
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Cannot be written as JSON: a map with the key " + key
                + ", expected text as key");
    }
}
