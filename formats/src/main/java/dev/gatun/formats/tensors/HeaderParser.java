package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.json.JsonException;
import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
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
 */
final class HeaderParser {

    /** Enough for any honest header, and no stack for a hostile one. */
    private static final int DEEPEST = 32;

    /** Keys of one tensor's entry; the format knows three. */
    private static final int MOST_ENTRY_KEYS = 64;

    private final Object file;
    private final Map<String, String> metadata = new TreeMap<>(HeaderText.UTF8_ORDER);
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    HeaderParser(Object file) {
        this.file = file;
    }

    record Parsed(Map<String, String> metadata, List<TensorInfo> tensors) {}

    /** @throws FormatException if this is not a JSON object of tensors and metadata */
    Parsed parse(MemorySegment text) throws FormatException {
        try (Reader reader = HeaderText.reader(text)) {
            JsonTokens json = new JsonTokens(reader, DEEPEST, false);
            if (json.next() != JsonToken.OBJECT) {
                throw notJson("expected a JSON object");
            }
            parseTop(json);
            json.next();
        } catch (FormatException told) {
            throw told;
        } catch (JsonException broken) {
            throw notJson(broken.isLimit()
                    ? "it " + broken.getMessage() + "; write the file again"
                    : broken.getMessage()).because(broken);
        } catch (IOException failed) {
            throw notJson(FormatException.reason(failed)).because(failed);
        }
        return new Parsed(Collections.unmodifiableMap(metadata), List.copyOf(tensors.values()));
    }

    private void parseTop(JsonTokens json) throws IOException {
        boolean metadataSeen = false;
        for (String key = nextKey(json); key != null; key = nextKey(json)) {
            json.next();
            boolean isMetadata = key.equals(SafetensorsWriter.METADATA);
            if (isMetadata ? metadataSeen : tensors.containsKey(key)) {
                throw duplicate("the header", key);
            }
            requireFew(tensors.size(), "tensors");
            if (isMetadata) {
                metadataSeen = true;
                parseMetadata(json);
            } else {
                tensors.put(key, parseTensor(key, json));
            }
        }
    }

    private void parseMetadata(JsonTokens json) throws IOException {
        if (json.token() == JsonToken.NULL) {
            return; // The reference reads null as no metadata.
        }
        if (json.token() != JsonToken.OBJECT) {
            throw notStrings("it is not an object");
        }
        for (String key = nextKey(json); key != null; key = nextKey(json)) {
            requireFew(metadata.size(), "keys of metadata");
            if (json.next() != JsonToken.TEXT) {
                throw notStrings("the value of " + quote(key) + " is not a string");
            }
            if (metadata.putIfAbsent(key, wellFormed(json.text())) != null) {
                throw duplicate(SafetensorsWriter.METADATA, key);
            }
        }
    }

    private TensorInfo parseTensor(String name, JsonTokens json) throws IOException {
        if (json.token() != JsonToken.OBJECT) {
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
            if (seen.size() >= MOST_ENTRY_KEYS) {
                throw tooMany(MOST_ENTRY_KEYS, "keys of tensor " + quote(name));
            }
            json.next();
            switch (key) {
                case "dtype" -> dtype = string(name, json);
                case "shape" -> shape = wholeNumbers(name, key, json, Safetensors.MOST_AXES);
                case "data_offsets" -> offsets = wholeNumbers(name, key, json, 2);
                default -> json.skip(); // The reference passes over keys of later versions.
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw badEntry(name, "expected dtype, shape and two data_offsets, got " + seen.stream().limit(8).toList());
        }
        return new TensorInfo(name, dtype, Shape.of(shape), offsets[0], offsets[1]);
    }

    private String string(String name, JsonTokens json) throws IOException {
        if (json.token() != JsonToken.TEXT) {
            throw badEntry(name, "dtype is not a string");
        }
        return wellFormed(json.text());
    }

    private long[] wholeNumbers(String name, String key, JsonTokens json, int most) throws IOException {
        if (json.token() != JsonToken.ARRAY) {
            throw badEntry(name, key + " is not an array");
        }
        List<Long> numbers = new ArrayList<>();
        while (json.next() != JsonToken.ARRAY_END) {
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

    private long wholeNumber(String name, String key, JsonTokens json) throws IOException {
        if (!json.isLong() || json.text().charAt(0) == '-') { // not even -0
            throw badEntry(name, key + " holds " + quote(json.text()) + ", expected whole numbers from 0 to 2^63-1");
        }
        return json.toLong();
    }

    /** The next key of the current object, or null at its end. */
    private String nextKey(JsonTokens json) throws IOException {
        JsonToken token = json.next();
        return token == JsonToken.KEY ? wellFormed(json.text()) : null;
    }

    private String wellFormed(String text) throws FormatException {
        if (!HeaderText.isWellFormed(text)) {
            throw notJson("half of a surrogate pair stands in " + quote(text));
        }
        return text;
    }

    private void requireFew(int count, String what) throws FormatException {
        if (count >= Safetensors.MOST_ENTRIES) {
            throw tooMany(Safetensors.MOST_ENTRIES, what);
        }
    }

    private FormatException tooMany(int most, String what) {
        return new FormatException(file, SafetensorsProblem.TOO_MANY_ENTRIES, "the header has " + most + " or more "
                + what + ", expected fewer; split the file");
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
