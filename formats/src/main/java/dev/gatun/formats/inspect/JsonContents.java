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
import java.util.Locale;

/** An object of JSON: its own keys, and what stands under them. */
final class JsonContents implements Contents.Kind {

    private static final int DEEPEST = 100;
    private static final int MOST_KEYS = 1_000;
    private static final int LONGEST = 2_000;

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        for (byte next : start) {
            if (next > ' ') {
                return next == '{';
            }
        }
        return false;
    }

    @Override
    public Contents of(Path file) throws IOException {
        Contents contents = Contents.of(toString());
        try (Reader reader = Files.newBufferedReader(file)) {
            JsonTokens tokens = new JsonTokens(reader, DEEPEST, true);
            tokens.next();
            int keys = 0;
            for (JsonToken token = tokens.next(); token == JsonToken.KEY && keys < MOST_KEYS; token = tokens.next()) {
                String key = tokens.text();
                contents.metadata().put(key, value(tokens));
                keys++;
            }
            return contents;
        } catch (JsonException | CharacterCodingException malformed) {
            return contents.but("is not JSON to its end: " + malformed.getMessage());
        }
    }

    /** A plain value as it is, of others how many values they hold. */
    private static String value(JsonTokens tokens) throws IOException {
        JsonToken token = tokens.next();
        if (token != JsonToken.OBJECT && token != JsonToken.ARRAY) {
            String text = switch (token) {
                case TEXT, WHOLE, DECIMAL -> tokens.text();
                default -> token.name().toLowerCase(Locale.ROOT);
            };
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        }
        long values = 0;
        for (int depth = 1; depth > 0;) {
            JsonToken next = tokens.next();
            switch (next) {
                case OBJECT, ARRAY -> depth++;
                case OBJECT_END, ARRAY_END -> depth--;
                case KEY -> {
                }
                default -> values++;
            }
        }
        return (token == JsonToken.OBJECT ? "an object" : "a list") + " with " + values + " plain values";
    }

    @Override
    public String toString() {
        return "JSON";
    }
}
