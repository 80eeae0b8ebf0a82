package dev.gatun.formats.tfjs;

import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which layer an array belongs to, by its name: a path in which the layer's name stands, or that of a layer within it, as of a
 * model within the model.
 */
final class TfjsOwners {

    private final Map<String, String> owners = new HashMap<>();

    /** @param weights of the model, by layer */
    TfjsOwners(Map<String, List<ModelWeight>> weights) {
        Set<String> unclear = new HashSet<>();
        weights.forEach((layer, own) -> {
            for (ModelWeight weight : own) {
                String[] path = weight.name().split("/");
                for (int step = 0; step < path.length - 1; step++) {
                    String before = owners.putIfAbsent(path[step], layer);
                    if (before != null && !before.equals(layer)) {
                        unclear.add(path[step]);
                    }
                }
            }
        });
        unclear.forEach(owners::remove);
        weights.forEach((layer, own) -> {
            if (!own.isEmpty()) {
                owners.put(layer, layer);
            }
        });
    }

    /** The arrays of each layer, in the file's order; empty if some array has no layer's name, or a layer has none. */
    Optional<Map<String, List<SavedArray>>> arrays(Map<String, List<ModelWeight>> weights, List<SavedArray> arrays) {
        Map<String, List<SavedArray>> named = new LinkedHashMap<>();
        weights.keySet().forEach(layer -> named.put(layer, new ArrayList<>()));
        for (SavedArray array : arrays) {
            String owner = owner(array.name());
            if (owner == null) {
                return Optional.empty();
            }
            named.get(owner).add(array);
        }
        boolean allThere = weights.entrySet().stream()
                .allMatch(layer -> layer.getValue().isEmpty() == named.get(layer.getKey()).isEmpty());
        return allThere ? Optional.of(named) : Optional.empty();
    }

    private String owner(String name) {
        String[] path = name.split("/");
        for (int step = 0; step < path.length - 1; step++) {
            if (owners.containsKey(path[step])) {
                return owners.get(path[step]);
            }
        }
        return null;
    }
}
