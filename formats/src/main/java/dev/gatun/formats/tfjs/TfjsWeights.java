package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.formats.keras.arrays.WeightPlaces;
import dev.gatun.layers.Layer;
import dev.gatun.layers.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays of a model.json become weights. Most have the name of their layer in front; names of what is within other layers and
 * models may not, and then the order decides.
 */
final class TfjsWeights {

    private final WeightPlaces places;
    private final List<SavedArray> arrays;

    TfjsWeights(Path file, List<SavedArray> arrays) {
        this.places = new WeightPlaces(reason -> new FormatException(file, reason + "; save the model again"), false);
        this.arrays = arrays;
    }

    /** @return what went where, layer by layer */
    List<ImportReport.Mapped> fill(Model model, Map<String, Layer> layers) throws FormatException {
        Map<String, List<ModelWeight>> weights = new LinkedHashMap<>();
        Map<String, List<ModelWeight>> known = ModelWeight.of(model);
        layers.keySet().stream().filter(known::containsKey).forEach(layer -> weights.put(layer, known.get(layer)));
        Map<String, List<SavedArray>> named = byLayer(weights);
        Map<ModelWeight, WeightPlaces.Placed> placed = new LinkedHashMap<>();
        if (named != null) {
            for (Map.Entry<String, List<ModelWeight>> layer : weights.entrySet()) {
                places.of("layer '" + layer.getKey() + "'", layer.getValue(), named.get(layer.getKey()))
                        .forEach(each -> placed.put(each.weight(), each));
            }
        } else {
            inOrder(weights).forEach(each -> placed.put(each.weight(), each));
        }
        List<ImportReport.Mapped> mapped = new ArrayList<>();
        for (Map.Entry<String, Layer> layer : layers.entrySet()) {
            List<String> lines = new ArrayList<>();
            for (ModelWeight weight : weights.getOrDefault(layer.getKey(), List.of())) {
                WeightPlaces.Placed place = placed.get(weight);
                weight.weight().set(place.array().numbers().read());
                lines.add(place.line());
            }
            mapped.add(new ImportReport.Mapped(layer.getKey(), layer.getValue().kind(), lines));
        }
        return mapped;
    }

    /** The converter goes layer by layer; TensorFlow.js itself lists what is trained of all layers first. */
    private List<WeightPlaces.Placed> inOrder(Map<String, List<ModelWeight>> weights) throws FormatException {
        List<ModelWeight> all = weights.values().stream().flatMap(List::stream).toList();
        try {
            return places.asListed("the model", weights.values().stream()
                    .flatMap(layer -> WeightPlaces.trainedFirst(layer).stream()).toList(), arrays);
        } catch (FormatException otherOrder) {
            return places.of("the model", all, arrays);
        }
    }

    /** Null if some array has no layer's name, or a layer has another number of weights. */
    private Map<String, List<SavedArray>> byLayer(Map<String, List<ModelWeight>> weights) {
        Map<String, List<SavedArray>> named = new LinkedHashMap<>();
        weights.keySet().forEach(layer -> named.put(layer, new ArrayList<>()));
        for (SavedArray array : arrays) {
            List<SavedArray> own = array.name().indexOf('/') < 0
                    ? null
                    : named.get(array.name().substring(0, array.name().indexOf('/')));
            if (own == null) {
                return null;
            }
            own.add(array);
        }
        boolean allThere = weights.entrySet().stream()
                .allMatch(layer -> layer.getValue().isEmpty() == named.get(layer.getKey()).isEmpty());
        return allThere ? named : null;
    }
}
