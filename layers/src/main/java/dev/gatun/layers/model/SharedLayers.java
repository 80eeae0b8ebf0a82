package dev.gatun.layers.model;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Layers of a configuration that stand in several places and are one. A place is the name of a layer of the model, or that and
 * the name of a layer within, with slashes between.
 */
final class SharedLayers implements UnaryOperator<Layer> {

    /** The key of a configuration that has such layers: for each further place the first one. */
    static final String KEY = "shared";

    private final Map<String, String> firstOf = new LinkedHashMap<>();
    private final Map<String, Layer> known = new LinkedHashMap<>();
    private final UnaryOperator<Layer> further;

    /**
     * @param further changes what the places hold, or null
     * @throws IllegalArgumentException if it is no list of pairs
     */
    SharedLayers(List<?> pairs, UnaryOperator<Layer> further) {
        this.further = further;
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> list && list.size() == 2 && list.get(0) instanceof String place
                    && list.get(1) instanceof String first)) {
                throw new IllegalArgumentException(
                        "Model: " + KEY + ": expected a place and the first one, got " + OptionReader.shown(pair));
            }
            firstOf.put(place, first);
        }
    }

    @Override
    public Layer apply(Layer layer) {
        Layer shared = changed(layer);
        return further == null ? shared : further.apply(shared);
    }

    /** The layer with those of before in the places that it shares with them. */
    private Layer changed(Layer layer) {
        Layer changed = layer;
        for (Map.Entry<String, String> shared : firstOf.entrySet()) {
            String place = shared.getKey();
            if (place.equals(layer.name())) {
                changed = found(shared.getValue(), changed);
            } else if (place.startsWith(layer.name() + "/")) {
                changed = with(changed, place.substring(layer.name().length() + 1), found(shared.getValue(), changed));
            }
        }
        known.put(layer.name(), changed);
        return changed;
    }

    /** Two places may lie in the same layer. */
    private Layer found(String place, Layer present) {
        String[] names = place.split("/", 2);
        Layer whole = names[0].equals(present.name()) ? present : known.get(names[0]);
        return whole == null ? nothing(place) : names.length == 1 ? whole : within(whole, names[1]);
    }

    private static Layer within(Layer whole, String place) {
        String[] names = place.split("/", 2);
        Layer part = whole instanceof Nested nested ? nested.model().layers().get(names[0]) : held(whole);
        return part == null ? nothing(place) : names.length == 1 ? part : within(part, names[1]);
    }

    private static Layer with(Layer whole, String place, Layer other) {
        String[] names = place.split("/", 2);
        Layer part = names.length == 1 ? other : with(within(whole, names[0]), names[1], other);
        if (whole instanceof Nested nested) {
            return nested.model(nested.model().with(names[0], part));
        }
        Option<Layer> holds = holding(whole);
        if (holds == null) {
            return nothing(place);
        }
        Configuration configuration = whole.configuration().with(holds, part);
        return BuiltInTypes.ALL.of(whole).layer(configuration);
    }

    private static Layer held(Layer whole) {
        Option<Layer> holds = holding(whole);
        return holds == null ? null : whole.configuration().get(holds);
    }

    /** The option of a layer around another one. */
    @SuppressWarnings("unchecked")
    private static Option<Layer> holding(Layer whole) {
        for (Option<?> option : whole.configuration().options().options()) {
            if (option.kind() == OptionKind.LAYER) {
                return (Option<Layer>) option;
            }
        }
        return null;
    }

    private static Layer nothing(String place) {
        throw new IllegalArgumentException("Model: " + KEY + ": there is no layer '" + place + "'");
    }
}
