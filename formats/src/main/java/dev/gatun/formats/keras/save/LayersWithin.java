package dev.gatun.formats.keras.save;

import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers that a layer holds as options, whatever class it is of. */
final class LayersWithin {

    private LayersWithin() {}

    /** By the names of the options; none for an option that was left out. */
    static Map<String, List<Layer>> of(Layer whole) {
        Map<String, List<Layer>> within = new LinkedHashMap<>();
        for (Option<?> option : whole.configuration().options().options()) {
            Object value = whole.configuration().get(option);
            if (option.kind() == OptionKind.LAYER) {
                within.put(option.name(), List.of((Layer) value));
            } else if (option.kind() == OptionKind.OPTIONAL_LAYER && ((Optional<?>) value).isPresent()) {
                within.put(option.name(), List.of((Layer) ((Optional<?>) value).get()));
            } else if (option.kind() == OptionKind.LAYERS) {
                within.put(option.name(), ((List<?>) value).stream().map(Layer.class::cast).toList());
            }
        }
        return within;
    }

    /** What a layer within a layer is called. */
    static String name(Layer layer) {
        return layer.name() == null ? SavedModel.group(layer) : layer.name();
    }
}
