package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.JsonReason;
import dev.gatun.memory.Shape;
import java.io.IOException;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the JSON of one header as a stream: what is kept grows with the header's own bytes, not with what it promises.
 * Keys are compared here, and not by Jackson's strict mode, so that a key given twice is told from broken JSON.
 */
final class HeaderParser {

    /** Enough for any honest header, and no stack for a hostile one. */
    private static final int DEEPEST = 32;

    /** Keys of one tensor's entry; the format knows three. */
    private static final int MOST_ENTRY_KEYS = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            // Hostile keys must not live on in the JVM's string table or in a table shared by all parsers.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength((int) Safetensors.LONGEST_HEADER)
                    .maxNameLength((int) Safetensors.LONGEST_HEADER)
                    .build())
            .build();

    private final Object file;
    private final Map<String, String> metadata = new TreeMap<>(HeaderText.UTF8_ORDER);
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    HeaderParser(Object file) {
        this.file = file;
    }

    record Parsed(Map<String, String> metadata, List<TensorInfo> tensors) {}

    /** @throws FormatException if this is not a JSON object of tensors and metadata */
    Parsed parse(MemorySegment text) throws FormatException {
        try (Reader reader = HeaderText.reader(text);
                JsonParser json = JSON.createParser(reader)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notJson("expected a JSON object");
            }
            parseTop(json);
            if (json.nextToken() != null) {
                throw notJson("something follows the JSON object; pad with spaces only");
            }
        } catch (FormatException told) {
            throw told;
        } catch (StreamConstraintsException beyond) {
            throw notJson("it nests deeper than " + DEEPEST + " levels, or holds a number of more than "
                    + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " digits; write the file again").because(beyond);
        } catch (JsonProcessingException broken) {
            throw notJson(JsonReason.of(broken.getOriginalMessage())).because(broken);
        } catch (IOException failed) {
            throw notJson(FormatException.reason(failed)).because(failed);
        }
        return new Parsed(Collections.unmodifiableMap(metadata), List.copyOf(tensors.values()));
    }

    private void parseTop(JsonParser json) throws IOException {
        boolean metadataSeen = false;
        for (String key = nextKey(json); key != null; key = nextKey(json)) {
            json.nextToken();
            boolean isMetadata = key.equals(SafetensorsWriter.METADATA);
            if (isMetadata ? metadataSeen : tensors.containsKey(key)) {
                throw duplicate("the header", key);
            }
            requireFew(tensors.size(), Safetensors.MOST_ENTRIES, "tensors");
            if (isMetadata) {
                metadataSeen = true;
                parseMetadata(json);
            } else {
                tensors.put(key, parseTensor(key, json));
            }
        }
    }

    private void parseMetadata(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return; // The reference reads null as no metadata.
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw notStrings("it is not an object");
        }
        for (String key = nextKey(json); key != null; key = nextKey(json)) {
            requireFew(metadata.size(), Safetensors.MOST_ENTRIES, "keys of metadata");
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw notStrings("the value of " + quote(key) + " is not a string");
            }
            if (metadata.putIfAbsent(key, wellFormed(json.getText())) != null) {
                throw duplicate(SafetensorsWriter.METADATA, key);
            }
        }
    }

    private TensorInfo parseTensor(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw badEntry(name, "expected an object");
        }
        Set<String> seen = new HashSet<>();
        String dtype = null;
        long[] shape = null;
        long[] offsets = null;
        for (String key = nextKey(json); key != null; key = nextKey(json)) {
            if (!seen.add(key)) {
                throw duplicate("tensor " + quote(name), key);
            }
            requireFew(seen.size(), MOST_ENTRY_KEYS, "keys of tensor " + quote(name));
            json.nextToken();
            switch (key) {
                case "dtype" -> dtype = string(name, json);
                case "shape" -> shape = wholeNumbers(name, key, json, Safetensors.MOST_AXES);
                case "data_offsets" -> offsets = wholeNumbers(name, key, json, 2);
                default -> json.skipChildren(); // The reference passes over keys of later versions.
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw badEntry(name, "expected dtype, shape and two data_offsets, got " + seen.stream().limit(8).toList());
        }
        return new TensorInfo(name, dtype, Shape.of(shape), offsets[0], offsets[1]);
    }

    private String string(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw badEntry(name, "dtype is not a string");
        }
        return wellFormed(json.getText());
    }

    private long[] wholeNumbers(String name, String key, JsonParser json, int most) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw badEntry(name, key + " is not an array");
        }
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (numbers.size() == most) {
                throw badEntry(name, key + " has more than " + most + " numbers");
            }
            numbers.add(wholeNumber(name, key, json));
        }
        long[] all = new long[numbers.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers.get(i);
        }
        return all;
    }

    private long wholeNumber(String name, String key, JsonParser json) throws IOException {
        // Not getLongValue: it takes -0 for 0, and the number type already says whether it fits.
        boolean fits = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && json.getText().charAt(0) != '-';
        if (!fits) {
            throw badEntry(name, key + " holds " + quote(json.getText()) + ", expected whole numbers from 0 to 2^63-1");
        }
        return json.getLongValue();
    }

    /** The next key of the current object, or null at its end. */
    private String nextKey(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        return token == JsonToken.FIELD_NAME ? wellFormed(json.currentName()) : null;
    }

    private String wellFormed(String text) throws FormatException {
        if (!HeaderText.isWellFormed(text)) {
            throw notJson("half of a surrogate pair stands in " + quote(text));
        }
        return text;
    }

    private void requireFew(int count, int most, String what) throws FormatException {
        if (count >= most) {
            throw new FormatException(file, SafetensorsProblem.TOO_MANY_ENTRIES, "the header has " + most + " or more "
                    + what + ", expected fewer; split the file");
        }
    }

    private FormatException notJson(String reason) {
        return new FormatException(file, SafetensorsProblem.HEADER_NOT_JSON, "the header is not JSON: " + reason);
    }

    private FormatException duplicate(String where, String key) {
        return new FormatException(file, SafetensorsProblem.DUPLICATE_KEY, "the key " + quote(key) + " stands twice in "
                + where + "; give each tensor its own name");
    }

    private FormatException notStrings(String reason) {
        return new FormatException(file, SafetensorsProblem.METADATA_NOT_STRINGS, SafetensorsWriter.METADATA
                + " must map strings to strings, but " + reason + "; write other values as JSON text");
    }

    private FormatException badEntry(String name, String reason) {
        return new FormatException(file, SafetensorsProblem.BAD_ENTRY, "the entry of tensor " + quote(name)
                + " is not understood: " + reason + "; write the file again");
    }
}
