package dev.gatun.formats.keras.save;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.check.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's metadata in {@code metadata.json} of an archive, under a key that Keras does not read. */
public final class SavedTexts {

    /** The most of {@code metadata.json} that is read. */
    public static final int MOST_BYTES = 1 << 20;

    /** As in a {@code .gatun} file. */
    static final String KEY = "gatun.user";

    /** What else stands in it. */
    private static final int OTHERS = 1000;

    private SavedTexts() {}

    /**
     * What of a model's metadata an archive holds.
     *
     * @param model open
     * @return all, or nothing if it is more than is read
     * @throws NullPointerException     if the model is null
     * @throws IllegalArgumentException if they cannot be written as JSON
     */
    public static Map<String, String> kept(Model model) {
        Arguments.required(model, "SavedTexts.kept", "model", "an open model");
        Map<String, String> texts = model.metadata();
        int bytes = PlainJson.text(texts).getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MOST_BYTES - OTHERS ? texts : Map.of();
    }

    /**
     * What an archive says.
     *
     * @param metadata of the archive
     * @return texts by key; empty if there are none
     * @throws NullPointerException     if the metadata are null
     * @throws IllegalArgumentException if they are no texts
     */
    public static Map<String, String> read(Map<String, Object> metadata) {
        Arguments.required(metadata, "SavedTexts.read", "metadata", "of an archive");
        Map<String, String> texts = new LinkedHashMap<>();
        if (metadata.get(KEY) instanceof Map<?, ?> user) {
            Map<String, Object> plain = new LinkedHashMap<>();
            user.forEach((key, value) -> plain.put(String.valueOf(key), value));
            OptionReader options = new OptionReader("User's metadata", plain);
            plain.keySet().forEach(key -> texts.put(key, options.text(key)));
        }
        return texts;
    }
}
