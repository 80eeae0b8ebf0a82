package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.keras.arrays.KerasPlaces;
import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.formats.keras.arrays.WeightPlaces;
import dev.gatun.layers.Layer;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelNodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The arrays of a model.json become weights. The converter names those of Keras 3 by the groups they lay in, those of Keras 2 by
 * their own names, in which the layer's stands; names of what is within other layers and models may not tell, and then the order
 * decides. Source: {@code keras_h5_conversion.py} of the converter.
 */
final class TfjsWeights {

    private static final String OF_GROUPS = "layers/";
    private static final String OF_OLD_GROUPS = "_layer_checkpoint_dependencies/";
    private static final String VARIABLES = "/vars/";

    private final Path file;
    private final WeightPlaces places;
    private final List<SavedArray> arrays;
    private final boolean isConverted;

    /** @param isConverted whether the converter wrote the file, and not TensorFlow.js */
    TfjsWeights(Path file, List<SavedArray> arrays, boolean isConverted) {
        this.file = file;
        this.places = new WeightPlaces(reason -> new FormatException(file, reason + "; save the model again"), false);
        this.arrays = arrays;
        this.isConverted = isConverted;
    }

    /** @return what went where, layer by layer */
    List<ImportReport.Mapped> fill(Model model, ModelNodes nodes) throws FormatException {
        Map<String, Layer> layers = nodes.layers();
        Map<String, List<ModelWeight>> weights = new LinkedHashMap<>();
        Map<String, List<ModelWeight>> known = ModelWeight.of(model);
        layers.keySet().stream().filter(known::containsKey).forEach(layer -> weights.put(layer, known.get(layer)));
        Map<ModelWeight, WeightPlaces.Placed> placed = new LinkedHashMap<>();
        for (WeightPlaces.Placed each : areOfGroups() ? byGroups(weights, nodes, model) : byNames(weights)) {
            placed.put(each.weight(), each);
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

    private boolean areOfGroups() {
        return arrays.stream().anyMatch(array -> array.name().contains(VARIABLES)
                && (array.name().startsWith(OF_GROUPS) || array.name().startsWith(OF_OLD_GROUPS)));
    }

    /** What lies elsewhere than a weight of the model, such as an optimizer's, is left. */
    private List<WeightPlaces.Placed> byGroups(
            Map<String, List<ModelWeight>> weights, ModelNodes nodes, Model model) throws FormatException {
        Map<String, SavedArray> named = new HashMap<>();
        for (SavedArray array : arrays) {
            named.put(("/" + array.name()).replace("/" + OF_OLD_GROUPS, "/" + OF_GROUPS).substring(1), array);
        }
        Map<String, String> paths = KerasPlaces.of(nodes, model.graph());
        List<WeightPlaces.Placed> placed = new ArrayList<>();
        for (Map.Entry<String, List<ModelWeight>> layer : weights.entrySet()) {
            for (ModelWeight weight : layer.getValue()) {
                String path = paths.get(layer.getKey() + "/" + weight.name());
                SavedArray array = named.get(path);
                if (array == null || !array.shape().equals(weight.weight().shape())) {
                    throw new FormatException(file, (array == null
                            ? "has no weight "
                            : "has another shape "
                                    + array.shape() + " of the weight ")
                            + FormatException.quote(path) + ", '"
                            + weight.weight().name() + "' of shape " + weight.weight().shape()
                            + "; convert the model again");
                }
                placed.add(new WeightPlaces.Placed(weight, array));
            }
        }
        return placed;
    }

    private List<WeightPlaces.Placed> byNames(Map<String, List<ModelWeight>> weights) throws FormatException {
        Optional<Map<String, List<SavedArray>>> named = new TfjsOwners(weights).arrays(weights, arrays);
        if (named.isEmpty()) {
            return inOrder(weights);
        }
        List<WeightPlaces.Placed> placed = new ArrayList<>();
        for (Map.Entry<String, List<ModelWeight>> layer : weights.entrySet()) {
            placed.addAll(places.of("layer '" + layer.getKey() + "'", layer.getValue(),
                    named.get().get(layer.getKey())));
        }
        return placed;
    }

    /** The converter goes by the names of layers as HDF5 sorts them; TensorFlow.js lists what is trained of all layers first. */
    private List<WeightPlaces.Placed> inOrder(Map<String, List<ModelWeight>> weights) throws FormatException {
        List<ModelWeight> all = weights.values().stream().flatMap(List::stream).toList();
        FormatException unfit = null;
        for (List<ModelWeight> ordered : isConverted
                ? List.of(layerByLayer(new TreeMap<>(weights)), layerByLayer(weights))
                : List.of(layerByLayer(weights), WeightPlaces.trainedFirst(all))) {
            try {
                return places.asListed("the model", ordered, arrays);
            } catch (FormatException otherOrder) {
                unfit = unfit == null ? otherOrder : unfit;
            }
        }
        throw unfit;
    }

    private static List<ModelWeight> layerByLayer(Map<String, List<ModelWeight>> weights) {
        return weights.values().stream().flatMap(layer -> WeightPlaces.trainedFirst(layer).stream()).toList();
    }
}
