package dev.gatun.formats.keras;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types of a model's inputs. Keras calls an input float32 if it is not told otherwise, ids too, and cuts them to whole
 * numbers where they are read; and it has whole numbers of several sizes. Gatun has one for ids.
 */
final class KerasInputs {

    private static final String IDS = ValueType.INT32.keyword();
    private static final Set<String> WHOLE = Set.of("int8", "int16", "int64", "uint8", "uint16", "uint32");

    private KerasInputs() {}

    /** @param layers as Gatun has them, with calls; the configurations of inputs are changed */
    static void adjust(List<Object> layers) {
        Map<String, List<Reader>> readers = readers(layers);
        for (Object each : layers) {
            Map<String, Object> layer = OptionReader.asMap(each, "Layer");
            if (!layer.get("class_name").equals("InputLayer")) {
                continue;
            }
            Map<String, Object> config = OptionReader.asMap(layer.get("config"), "config");
            String type = String.valueOf(config.getOrDefault("dtype", "float32"));
            List<Reader> reading = readers.getOrDefault(layer.get("name"), List.of()).stream()
                    .filter(reader -> !KerasOperations.takesAny(reader.layer())).toList();
            if (WHOLE.contains(type)) {
                layer.put("config", with(config, false));
            } else if (type.startsWith("float") && !reading.isEmpty()
                    && reading.stream().allMatch(Reader::readsIds)) {
                layer.put("config", with(config, true));
            }
        }
    }

    private static Map<String, Object> with(Map<String, Object> config, boolean floats) {
        Map<String, Object> ids = new HashMap<>(config);
        ids.put("dtype", IDS);
        if (floats) {
            ids.put(Input.TAKES_FLOATS, true);
        }
        return ids;
    }

    /**
     * What reads a value.
     *
     * @param layer as Gatun has it
     * @param place of the value among all that one call of the layer reads
     */
    private record Reader(Map<String, Object> layer, int place) {

        /** A model that is a layer says it of each of its inputs; they are adjusted before those of the model around it. */
        boolean readsIds() {
            Layer made = made(layer);
            Optional<Input> read = made instanceof Nested nested
                    ? nested.model().inputs().stream().skip(place).findFirst()
                    : place == 0 ? BuiltInTypes.ALL.of(made).input(made) : Optional.empty();
            return read.map(input -> input.type() == ValueType.INT32).orElse(false);
        }
    }

    /** For each name of a layer what reads one of its values as data or state. */
    private static Map<String, List<Reader>> readers(List<Object> layers) {
        Map<String, List<Reader>> readers = new HashMap<>();
        for (Object each : layers) {
            Map<String, Object> layer = OptionReader.asMap(each, "Layer");
            for (Object call : layer.get("calls") instanceof List<?> calls ? calls : List.of()) {
                List<Object> sources = sources(call, new ArrayList<>());
                for (int place = 0; place < sources.size(); place++) {
                    readers.computeIfAbsent(String.valueOf(sources.get(place)), none -> new ArrayList<>())
                            .add(new Reader(layer, place));
                }
            }
        }
        return readers;
    }

    /** Names of layers, wherever they stand as the first of a value. */
    private static List<Object> sources(Object within, List<Object> into) {
        if (within instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof String name) {
            into.add(name);
        } else if (within instanceof List<?> list) {
            list.forEach(each -> sources(each, into));
        } else if (within instanceof Map<?, ?> map) {
            map.values().forEach(each -> sources(each, into));
        }
        return into;
    }

    /** What a layer reads that says so itself. */
    static Optional<Input> own(Map<String, Object> layer) {
        Layer made = made(layer);
        return BuiltInTypes.ALL.of(made).input(made);
    }

    private static Layer made(Map<String, Object> layer) {
        return BuiltInTypes.ALL.layer((String) layer.get("class_name"), (String) layer.get("name"),
                OptionReader.asMap(layer.get("config"), "config"));
    }
}
