package dev.gatun.formats.onnx.own;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.memory.check.Arguments;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Gatun writes into the metadata of an ONNX file, so that it can read the very model back: its configuration, and those
 * weights that the nodes hold only as results of arithmetic.
 */
public final class OwnEntries {

    /** The configuration as JSON, as {@link ModelConfig} has it. */
    static final String MODEL = "gatun.model";
    /** JSON: by weight its numbers as float32 of little endian in base 64; not there if there is none. */
    static final String WEIGHTS = "gatun.weights";

    private OwnEntries() {}

    /**
     * The entries of a model.
     *
     * @param model open
     * @return texts by key; none of a model with a layer of a user's own, whose nodes may do something else, or whose
     *         configuration is larger than JSON is read
     * @throws NullPointerException if the model is null
     */
    public static Map<String, String> of(Model model) {
        Arguments.required(model, "OwnEntries.of", "model", "an open model");
        Map<String, String> entries = new LinkedHashMap<>();
        if (!BuiltIn.areAllOf(model.graph())) {
            return entries;
        }
        String configuration;
        try {
            configuration = PlainJson.text(ModelConfig.toMap(model.graph()));
        } catch (IllegalArgumentException tooLarge) {
            return entries;
        }
        entries.put(MODEL, configuration);
        List<String> changed = WeightMarks.of(model.graph()).changed();
        if (!changed.isEmpty()) {
            Map<String, Object> weights = new LinkedHashMap<>();
            changed.forEach(name -> weights.put(name, text(model.weight(name).get().toArray())));
            entries.put(WEIGHTS, PlainJson.text(weights));
        }
        return entries;
    }

    /**
     * Metadata without these entries, which go with one file and not with another of the model.
     *
     * @param metadata of a model or a file
     * @return a copy
     * @throws NullPointerException if the metadata, a key or a text is null
     */
    public static Map<String, String> without(Map<String, String> metadata) {
        Map<String, String> others = new LinkedHashMap<>(
                Arguments.all(metadata, "OwnEntries.without", "metadata", "texts by key"));
        others.remove(MODEL);
        others.remove(WEIGHTS);
        return others;
    }

    /** @throws IllegalArgumentException if it is not understood */
    static Map<String, float[]> weights(Map<String, String> metadata) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        String text = metadata.get(WEIGHTS);
        if (text != null) {
            PlainJson.object(WEIGHTS, text).forEach((name, numbers) -> weights.put(name, numbers(name, numbers)));
        }
        return weights;
    }

    private static String text(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static float[] numbers(String name, Object text) {
        if (!(text instanceof String words)) {
            throw new IllegalArgumentException(WEIGHTS + " has no text for '" + name + "'");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(words)).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }
}
