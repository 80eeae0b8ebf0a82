package dev.gatun.formats.inspect;

import dev.gatun.formats.json.JsonException;
import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An object of JSON: its own keys, and what stands under them; tensors are arrays, as references have them. Or a list. */
final class JsonContents implements Contents.Kind {

    private static final int DEEPEST = 100;
    private static final int MOST_KEYS = 1_000;
    private static final int LONGEST = 2_000;

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        for (byte next : start) {
            if (next > ' ') {
                return next == '{' || next == '[';
            }
        }
        return false;
    }

    @Override
    public Contents of(Path file) throws IOException {
        Contents contents = Contents.of(toString());
        try (Reader reader = Files.newBufferedReader(file)) {
            JsonTokens tokens = new JsonTokens(reader, DEEPEST, true);
            if (tokens.next() == JsonToken.ARRAY) {
                contents.metadata().put("content", "a list with " + values(tokens) + " plain values");
                tokens.next();
                return contents;
            }
            int keys = 0;
            for (JsonToken token = tokens.next(); token == JsonToken.KEY && keys < MOST_KEYS; token = tokens.next()) {
                addValue(tokens.text(), tokens, contents);
                keys++;
            }
            return contents;
        } catch (JsonException | CharacterCodingException malformed) {
            return contents.but("is not JSON to its end: " + malformed.getMessage());
        }
    }

    /** A tensor as an array, a plain value as it is, of others how many values they hold. */
    private static void addValue(String key, JsonTokens tokens, Contents contents) throws IOException {
        JsonToken token = tokens.next();
        int arrays = contents.arrays().size();
        String said = switch (token) {
            case OBJECT -> "an object with " + object(key, switch (key) {
                case "inputs" -> "in_";
                case "outputs" -> "out_";
                default -> null;
            }, tokens, contents) + " plain values";
            case ARRAY -> "a list with " + values(tokens) + " plain values";
            case TEXT, WHOLE, DECIMAL -> shortened(tokens.text());
            default -> token.name().toLowerCase(Locale.ROOT);
        };
        if (contents.arrays().size() == arrays) {
            contents.metadata().put(key, said);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /**
     * The object that has begun.
     *
     * @param before what names of tensors in it begin with; null if none are looked for
     * @return how many plain values it holds
     */
    private static long object(String name, String before, JsonTokens tokens, Contents contents) throws IOException {
        long values = 0;
        String shape = null;
        String type = "numbers";
        long numbers = StoredArray.UNKNOWN;
        while (tokens.next() == JsonToken.KEY) {
            String key = tokens.text();
            JsonToken begun = tokens.next();
            if (begun == JsonToken.ARRAY && key.equals("shape")) {
                List<String> sizes = sizes(tokens);
                shape = sizes.toString();
                values += sizes.size();
            } else if (begun == JsonToken.ARRAY && key.equals("data")) {
                numbers = values(tokens);
                values += numbers;
            } else if (begun == JsonToken.OBJECT && before != null) {
                values += object(before + key, null, tokens, contents);
            } else if (begun == JsonToken.OBJECT || begun == JsonToken.ARRAY) {
                values += values(tokens);
            } else {
                type = key.equals("dtype") ? tokens.text() : type;
                values++;
            }
        }
        if (shape != null && numbers != StoredArray.UNKNOWN && contents.arrays().size() < Contents.MOST) {
            contents.arrays().add(new StoredArray(name, type, shape, numbers));
        }
        return values;
    }

    /** What stands in the list that has begun, as far as it is plain. */
    private static List<String> sizes(JsonTokens tokens) throws IOException {
        List<String> sizes = new ArrayList<>();
        while (tokens.next() != JsonToken.ARRAY_END) {
            if (sizes.size() < MOST_KEYS) {
                sizes.add(tokens.text());
            }
            tokens.skip();
        }
        return sizes;
    }

    /** How many plain values follow in the object or list that has begun. */
    private static long values(JsonTokens tokens) throws IOException {
        long values = 0;
        for (int depth = 1; depth > 0;) {
            switch (tokens.next()) {
                case OBJECT, ARRAY -> depth++;
                case OBJECT_END, ARRAY_END -> depth--;
                case KEY -> {
                }
                default -> values++;
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return "JSON";
    }
}
