package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Vocabularies that lie in files of their own, as those of layers that were adapted do: one number a line, those for the mask and
 * for what is unknown first. Source: {@code save_assets} in {@code keras/src/layers/preprocessing/index_lookup.py}.
 *
 * @param archive where they lie
 */
record KerasVocabularies(KerasEntries archive) {

    private static final String LOOKUP = "IntegerLookup";
    private static final String VOCABULARY = "vocabulary";
    private static final String CONFIG = "config";
    private static final String CLASS = "class_name";
    private static final String LAYERS = "layers";
    private static final String LAYER = "layer";
    private static final long MOST_BYTES = 1 << 26;

    /** The configuration of a model with the vocabularies in it. */
    Map<String, Object> in(Map<String, Object> model) throws FormatException {
        return filled(model, "assets/");
    }

    private Map<String, Object> filled(Map<String, Object> object, String path) throws FormatException {
        if (!(object.get(CONFIG) instanceof Map<?, ?> given)) {
            return object;
        }
        Map<String, Object> config = new LinkedHashMap<>(OptionReader.asMap(given, CONFIG));
        if (LOOKUP.equals(object.get(CLASS)) && config.get(VOCABULARY) == null) {
            config.put(VOCABULARY, vocabulary(String.valueOf(config.get("name")), path + VOCABULARY + ".txt"));
        }
        if (config.get(LAYERS) instanceof List<?> layers) {
            config.put(LAYERS, filled(layers, path + LAYERS + "/"));
        }
        if (config.get(LAYER) instanceof Map<?, ?> layer) {
            config.put(LAYER, filled(OptionReader.asMap(layer, LAYER), path + LAYER + "/"));
        }
        Map<String, Object> filled = new LinkedHashMap<>(object);
        filled.put(CONFIG, config);
        return filled;
    }

    private List<Object> filled(List<?> layers, String path) throws FormatException {
        Map<String, Integer> counts = new HashMap<>();
        List<Object> filled = new ArrayList<>();
        for (Object each : layers) {
            if (each instanceof Map<?, ?> map) {
                Map<String, Object> layer = OptionReader.asMap(map, LAYERS);
                String group = group(String.valueOf(layer.get(CLASS)));
                int number = counts.merge(group, 1, Integer::sum) - 1;
                filled.add(filled(layer, path + group + (number == 0 ? "" : "_" + number) + "/"));
            } else {
                filled.add(each);
            }
        }
        return filled;
    }

    /** A class's name in snake case. */
    private static String group(String kind) {
        return kind.replaceAll("\\W", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private List<Object> vocabulary(String layer, String path) throws FormatException {
        String entry = archive.has(path) ? path : path.replace("/" + LAYERS + "/", "/" + KerasPaths.OF_OLD + "/");
        if (!archive.has(entry)) {
            throw new FormatException(archive.file(), "Layer '" + layer + "' (" + LOOKUP
                    + ") has its vocabulary neither in config.json nor in " + path
                    + "; call adapt or set_vocabulary and save the model again");
        }
        List<Object> numbers = new ArrayList<>();
        for (String line : (Iterable<String>) archive.text(entry, MOST_BYTES).lines()::iterator) {
            try {
                numbers.add((long) Integer.parseInt(line.strip()));
            } catch (NumberFormatException other) {
                throw new FormatException(archive.file(), "its " + entry + " has " + FormatException.quote(line)
                        + " in line " + (numbers.size() + 1)
                        + ", expected a whole number of 32 bits; save the model with"
                        + " such a vocabulary for layer '" + layer + "'").because(other);
            }
        }
        return numbers;
    }
}
