package dev.gatun.formats.icu;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The characters that a segmenter of ICU4X knows, each with the row of the embedding that stands for it.
 *
 * <pre>{@code
 * IcuDictionary dictionary = IcuDictionary.of(model);
 * List<String> characters = dictionary.characters(text);
 * Tensor classes = model.predict(dictionary.ids(text));      // [1,T,4]: begin, inside, end, single
 * }</pre>
 */
public final class IcuDictionary {

    /** The entry of {@link Model#metadata} that holds the dictionary, as a JSON object. */
    public static final String KEY = "icu.dictionary";

    private final Map<String, Integer> ids;
    private final int unknown;
    private final boolean hasClusters;

    private IcuDictionary(Map<String, Integer> ids, int unknown) {
        this.ids = ids;
        this.unknown = unknown;
        this.hasClusters = ids.keySet().stream().anyMatch(text -> text.codePointCount(0, text.length()) > 1);
    }

    /**
     * The dictionary that came with a model.
     *
     * @param model that was read from a segmenter's file
     * @return its dictionary
     * @throws IllegalArgumentException if none came with it
     */
    public static IcuDictionary of(Model model) {
        Arguments.required(model, "IcuDictionary.of", "model", "a model read from a segmenter's file");
        String text = model.metadata().get(KEY);
        if (text == null) {
            throw new IllegalArgumentException(
                    "Model '" + model.name() + "' came with no dictionary: its metadata have no "
                            + KEY + "; read it from a segmenter's file");
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        PlainJson.object(KEY, text).forEach((key, id) -> ids.put(key, Math.toIntExact((Long) id)));
        return new IcuDictionary(ids, Math.toIntExact(model.weights().getFirst().shape().dim(0)) - 1);
    }

    /**
     * A text as the model reads it: code points, or grapheme clusters if the dictionary has such.
     *
     * @param text any
     * @return one after the other; together they are the text
     */
    public List<String> characters(String text) {
        Arguments.required(text, "IcuDictionary.characters", "text", "a text");
        List<String> characters = new ArrayList<>();
        if (!hasClusters) {
            text.codePoints().forEach(point -> characters.add(Character.toString(point)));
            return characters;
        }
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int from = clusters.first();
        for (int to = clusters.next(); to != BreakIterator.DONE; to = clusters.next()) {
            characters.add(text.substring(from, to));
            from = to;
        }
        return characters;
    }

    /**
     * The numbers of a text's characters.
     *
     * @param text at least one character
     * @return [1,T] of int32; a character that is not known has the last row's number
     * @throws IllegalArgumentException if the text is empty
     */
    public Tensor ids(String text) {
        Arguments.required(text, "IcuDictionary.ids", "text", "a text");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("An empty text has no characters; give at least one");
        }
        return Tensor.ofInts(new int[][] {characters(text).stream().mapToInt(one -> ids.getOrDefault(one, unknown))
                .toArray()});
    }

    /**
     * What is known.
     *
     * @return numbers by characters; cannot be changed
     */
    public Map<String, Integer> entries() {
        return Map.copyOf(ids);
    }
}
