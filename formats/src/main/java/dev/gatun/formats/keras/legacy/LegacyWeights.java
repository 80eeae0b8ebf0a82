package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Numbers;
import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.formats.keras.arrays.WeightPlaces;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.layers.Layer;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arrays of a file become the weights of a model, layer by layer. */
final class LegacyWeights {

    private final Hdf5File hdf;
    private final LegacyLayers saved;
    private final WeightPlaces places;
    private final List<WeightPlaces.Placed> planned = new ArrayList<>();
    private final List<ImportReport.Mapped> mapped = new ArrayList<>();

    LegacyWeights(Hdf5File hdf, LegacyLayers saved, boolean flips) {
        this.hdf = hdf;
        this.saved = saved;
        this.places = new WeightPlaces(hdf::wrong, flips);
    }

    /** Every weight of the model: each layer by its name, or all in order where the file calls layers otherwise. */
    void plan(Model model, Map<String, Layer> layers) throws FormatException {
        Map<String, List<ModelWeight>> weights = new LinkedHashMap<>();
        Map<String, List<ModelWeight>> known = ModelWeight.of(model); // Without those that no output needs.
        layers.keySet().stream().filter(known::containsKey).forEach(layer -> weights.put(layer, known.get(layer)));
        String strange = saved.arrays().keySet().stream()
                .filter(layer -> !layers.containsKey(layer) && !saved.arrays().get(layer).isEmpty()).findFirst()
                .orElse(null);
        if (strange != null) {
            planInOrder(weights, layers, strange);
            return;
        }
        for (Map.Entry<String, List<ModelWeight>> layer : weights.entrySet()) {
            plan(layer.getKey(), layers.get(layer.getKey()).kind(), layer.getValue(),
                    saved.arrays().getOrDefault(layer.getKey(), List.of()));
        }
    }

    /** Old files lost the names of models within models, or list what is in them as if it were not. */
    private void planInOrder(Map<String, List<ModelWeight>> weights, Map<String, Layer> layers, String strange)
            throws FormatException {
        try {
            planned.addAll(places.asListed("the model",
                    weights.values().stream().flatMap(own -> WeightPlaces.trainedFirst(own).stream()).toList(),
                    saved.arrays().values().stream().flatMap(List::stream).toList()));
        } catch (FormatException unfit) {
            throw hdf.wrong("holds weights of a layer " + FormatException.quote(strange)
                    + " that its configuration does not have").because(unfit);
        }
        Map<ModelWeight, String> lines = new HashMap<>();
        planned.forEach(placed -> lines.put(placed.weight(), placed.line()));
        weights.forEach((layer, own) -> mapped.add(new ImportReport.Mapped(layer, layers.get(layer).kind(),
                own.stream().map(lines::get).toList())));
    }

    /** One layer's weights, and the line of the report. */
    void plan(String layer, String kind, List<ModelWeight> weights, List<SavedArray> arrays) throws FormatException {
        List<WeightPlaces.Placed> own = places.of("layer '" + layer + "'", weights, arrays);
        planned.addAll(own);
        mapped.add(new ImportReport.Mapped(layer, kind, own.stream().map(WeightPlaces.Placed::line).toList()));
    }

    /** One weight after the other, for a model that is closed if it fails. */
    void fill() throws FormatException {
        for (WeightPlaces.Placed placed : planned) {
            placed.weight().weight().set(placed.array().numbers().read());
        }
    }

    /**
     * All weights or none, for a model that is in use.
     *
     * @param file what messages call it
     */
    void fillAtOnce(String file, Model model) throws FormatException {
        Map<String, Tensor> numbers = new LinkedHashMap<>();
        for (WeightPlaces.Placed placed : planned) {
            numbers.put(placed.weight().weight().name(), placed.array().numbers().read());
        }
        new ReadWeights(file, numbers).into(model);
    }

    /** By layer, in the file's order. */
    Map<String, List<SavedArray>> arrays() {
        return saved.arrays();
    }

    List<ImportReport.Mapped> mapped() {
        return mapped;
    }

    boolean hasLora() {
        return saved.hasLora();
    }

    Set<Hdf5Numbers> precisions() {
        return saved.precisions();
    }
}
