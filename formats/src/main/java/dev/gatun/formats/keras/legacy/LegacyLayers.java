package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Numbers;
import dev.gatun.formats.keras.arrays.LoraArrays;
import dev.gatun.formats.keras.arrays.SavedArray;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arrays of a file, layer by layer: attribute {@code layer_names} of the group that holds all, {@code weight_names} of each
 * layer's. What is too long for one attribute is cut into several, which are numbered.
 */
final class LegacyLayers {

    static final String LAYERS = "layer_names";
    static final String WEIGHTS = "weight_names";
    static final String WHOLE_MODEL = "model_weights";

    private final Hdf5File hdf;
    private final Set<Hdf5Numbers> precisions = EnumSet.noneOf(Hdf5Numbers.class);
    private final Map<String, List<SavedArray>> arrays = new LinkedHashMap<>();
    /** What adaptations are multiplied with, by layer. */
    private final Map<String, Double> factors;
    private boolean hasLora;

    private LegacyLayers(Hdf5File hdf, Map<String, Double> factors) {
        this.hdf = hdf;
        this.factors = factors;
    }

    /**
     * All arrays of a file.
     *
     * @param config of the model; null if the file has none
     * @throws FormatException if the file does not list its layers and weights, or lacks what it lists
     */
    static LegacyLayers of(Hdf5File hdf, Object config) throws FormatException {
        LegacyLayers layers = new LegacyLayers(hdf, LoraFactors.of(config));
        String root = hdf.hasGroup(WHOLE_MODEL) ? WHOLE_MODEL : "";
        List<String> names = texts(hdf, root, LAYERS);
        if (names == null) {
            throw hdf.wrong("does not list its layers (" + (root.isEmpty() ? "" : root + ", ") + "attribute " + LAYERS
                    + ")");
        }
        for (String name : names) {
            if (layers.arrays.put(name, layers.arrays(root.isEmpty() ? name : root + "/" + name, name)) != null) {
                throw hdf.wrong("lists layer " + FormatException.quote(name) + " twice");
            }
        }
        return layers;
    }

    private List<SavedArray> arrays(String group, String layer) throws FormatException {
        List<String> names = texts(hdf, group, WEIGHTS);
        if (names == null) {
            throw hdf.wrong("does not list the weights of layer " + FormatException.quote(layer) + " (" + group
                    + ", attribute " + WEIGHTS + ")");
        }
        List<SavedArray> found = new ArrayList<>();
        for (String name : names) {
            String path = group + "/" + name;
            Hdf5Dataset dataset = hdf.dataset(path);
            if (dataset == null) {
                throw hdf.wrong("has no " + path + ", which it lists as a weight");
            }
            precisions.add(dataset.numbers());
            found.add(new SavedArray(name, path, dataset.shape(), dataset::tensor));
        }
        if (!LoraArrays.areAmong(found)) {
            return found;
        }
        hasLora = true;
        return LoraArrays.added(found, factors);
    }

    /** An attribute of names, or its numbered pieces; null if there is none. */
    static List<String> texts(Hdf5File hdf, String path, String attribute) throws FormatException {
        if (hdf.hasAttribute(path, attribute)) {
            return hdf.texts(path, attribute);
        }
        List<String> pieces = null;
        for (int piece = 0; hdf.hasAttribute(path, attribute + piece); piece++) {
            pieces = pieces == null ? new ArrayList<>() : pieces;
            pieces.addAll(hdf.texts(path, attribute + piece));
        }
        return pieces;
    }

    /** By layer, in the file's order; layers without weights have none. */
    Map<String, List<SavedArray>> arrays() {
        return arrays;
    }

    /** Whether low-rank adaptation had been learned, which is added. */
    boolean hasLora() {
        return hasLora;
    }

    /** What the numbers are in the file. */
    Set<Hdf5Numbers> precisions() {
        return precisions;
    }
}
