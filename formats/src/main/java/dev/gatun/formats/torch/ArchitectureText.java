package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An architecture as JSON.
 *
 * @param map the object
 */
record ArchitectureText(Map<String, Object> map) {

    private static final String FORWARD = "forward";
    private static final String AFTER = "after";
    private static final String ARGUMENTS = "arguments";
    private static final String SEQUENCES = "sequences";
    private static final String TIME_FIRST = "time_first";
    private static final Set<String> KEYS = Set.of(FORWARD, AFTER, ARGUMENTS, SEQUENCES, TIME_FIRST);

    /** @param words null if the order is to be told from widths */
    static String of(List<String> words, Map<String, List<String>> after, Map<String, Map<String, Object>> arguments,
            boolean isOfSequences, boolean isTimeFirst) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (words != null) {
            map.put(FORWARD, words);
        }
        if (!after.isEmpty()) {
            map.put(AFTER, after);
        }
        map.put(ARGUMENTS, arguments);
        map.put(SEQUENCES, isOfSequences);
        map.put(TIME_FIRST, isTimeFirst);
        return PlainJson.text(map);
    }

    /** @throws IllegalArgumentException if it says something that is not known */
    TorchArchitecture architecture() {
        for (String key : map.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("the architecture has a key " + FormatException.quote(key)
                        + "; known are forward, after, arguments, sequences, time_first, and those of a tree of modules,"
                        + " which has a type");
            }
        }
        TorchArchitecture architecture = map.get(FORWARD) == null
                ? TorchArchitecture.inferred()
                : TorchArchitecture.forward(texts(FORWARD, map.get(FORWARD)));
        for (Map.Entry<?, ?> module : object(AFTER).entrySet()) {
            architecture = architecture.after((String) module.getKey(), texts(AFTER, module.getValue()));
        }
        for (Map.Entry<?, ?> module : object(ARGUMENTS).entrySet()) {
            if (!(module.getValue() instanceof Map<?, ?> own)) {
                throw unfit(ARGUMENTS, "an object of arguments for each module");
            }
            for (Map.Entry<?, ?> argument : own.entrySet()) {
                architecture = architecture.with((String) module.getKey(), (String) argument.getKey(),
                        given(argument.getValue()));
            }
        }
        architecture = flag(TIME_FIRST) ? architecture.timeFirst() : architecture;
        return flag(SEQUENCES) ? architecture.ofSequences() : architecture;
    }

    private static Object given(Object value) {
        if (value == null) {
            throw unfit(ARGUMENTS, "numbers and texts");
        }
        return value;
    }

    private Map<?, ?> object(String key) {
        if (map.get(key) == null) {
            return Map.of();
        }
        if (!(map.get(key) instanceof Map<?, ?> object)) {
            throw unfit(key, "an object with names of modules");
        }
        return object;
    }

    /** One text stands for a list of it. */
    private static String[] texts(String key, Object value) {
        List<String> texts = new ArrayList<>();
        for (Object text : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (!(text instanceof String word)) {
                throw unfit(key, "a list of texts");
            }
            texts.add(word);
        }
        return texts.toArray(String[]::new);
    }

    private boolean flag(String key) {
        if (map.get(key) != null && !(map.get(key) instanceof Boolean)) {
            throw unfit(key, "true or false");
        }
        return Boolean.TRUE.equals(map.get(key));
    }

    private static IllegalArgumentException unfit(String key, String expected) {
        return new IllegalArgumentException("the architecture's " + key + " is something else than " + expected);
    }
}
