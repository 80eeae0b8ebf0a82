package dev.gatun.formats.json;

import dev.gatun.layers.model.ModelSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Kinds of JSON files with a model and its weights, told apart by the keys of the outermost object, in whatever order. */
public enum JsonKind {
    /** RTNeural's and AIDA-X's: {@code in_shape} and {@code layers}. */
    RTNEURAL,
    /** Neural Amp Modeler's: {@code architecture} beside {@code config}, {@code weights} or {@code version}. */
    NAM,
    /** A segmenter's of ICU4X: {@code dic} and matrices. */
    ICU,
    /** A state dict of PyTorch, by itself, beside {@code model_data}, or in files that {@code weight_map} names. */
    TORCH,
    /** TensorFlow.js's: {@code modelTopology} or {@code weightsManifest}. */
    TENSORFLOW_JS,
    /** A model of Keras without its weights, as {@code model.to_json()} gives it: {@code class_name} and {@code config}. */
    KERAS,
    /** The list of Keras 3's files of weights: {@code weight_map}, whose keys are paths of groups. */
    KERAS_SHARDS;

    /** Bytes that are looked at: of weights that come first more than any of these files is known to have. */
    private static final long MOST_BYTES = 1 << 22;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final Pattern RECURRENT_WEIGHT = Pattern.compile("(.*\\.)?weight_ih(_l\\d+)?");

    /**
     * Which of these a file is.
     *
     * @param source a file, of which the first megabytes are looked at; of a stream its first bytes
     * @return empty if it is none
     */
    public static Optional<JsonKind> of(ModelSource source) {
        byte[] start = source.start();
        if (!isObject(start)) {
            return Optional.empty();
        }
        Optional<Path> file = source.file();
        try (InputStream in = file.isPresent() ? Files.newInputStream(file.get()) : new ByteArrayInputStream(start)) {
            return scanned(new InputStreamReader(new BoundedStream(in, MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty(); // Whoever reads it says why.
        }
    }

    /**
     * Whether bytes begin as an object of JSON does, behind white space and, as editors on Windows write it, the mark of UTF-8.
     *
     * @param start of a file
     * @return whether a brace comes first
     */
    public static boolean isObject(byte[] start) {
        int first = start.length >= MARK.length && Arrays.equals(start, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
        while (first < start.length && start[first] <= ' ' && start[first] >= 0) {
            first++;
        }
        return first < start.length && start[first] == '{';
    }

    private static Optional<JsonKind> scanned(Reader text) {
        JsonTokens tokens = new JsonTokens(text, NumbersJson.DEEPEST, true);
        Set<String> keys = new HashSet<>();
        try {
            tokens.next();
            while (tokens.next() == JsonToken.KEY) {
                keys.add(tokens.text());
                Optional<JsonKind> kind = of(keys, tokens.text());
                if (kind.isPresent()) {
                    return kind;
                }
                boolean isMap = tokens.text().equals("weight_map");
                tokens.next();
                if (isMap) {
                    return Optional.of(isOfGroups(tokens) ? KERAS_SHARDS : TORCH);
                }
                tokens.skip();
            }
        } catch (IOException cutOff) {
            // A piece of a longer text: what has been seen says what it can.
        }
        return keys.equals(Set.of("version", "metadata")) ? Optional.of(NAM) : Optional.empty();
    }

    /** Keras's lists of files have paths of groups in it, others names of weights. */
    private static boolean isOfGroups(JsonTokens map) throws IOException {
        return map.token() == JsonToken.OBJECT && map.next() == JsonToken.KEY && map.text().startsWith("/");
    }

    private static Optional<JsonKind> of(Set<String> keys, String key) {
        if (key.equals("modelTopology") || key.equals("weightsManifest")) {
            return Optional.of(TENSORFLOW_JS);
        }
        if (keys.contains("class_name") && keys.contains("config")) {
            return Optional.of(KERAS);
        }
        if (keys.contains("in_shape")) {
            return Optional.of(RTNEURAL);
        }
        if (keys.contains("architecture")
                && (keys.contains("config") || keys.contains("weights") || keys.contains("version"))) {
            return Optional.of(NAM);
        }
        if (keys.contains("dic")) {
            return Optional.of(ICU);
        }
        boolean isTorch = key.equals("model_data") || key.equals("state_dict")
                || RECURRENT_WEIGHT.matcher(key).matches();
        return isTorch ? Optional.of(TORCH) : Optional.empty();
    }
}
