package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weights of a file for a model that somebody has already. */
record LegacyLoading(Model model, String file, LegacyHeader header, LegacyWeights weights) {

    private static LegacyLoading of(Model model, String file, Hdf5File hdf) throws FormatException {
        LegacyHeader header = LegacyHeader.of(hdf);
        boolean hasLayers = hdf.hasGroup("model_weights") || hdf.hasAttribute("", LegacyLayers.LAYERS)
                || hdf.hasAttribute("", LegacyLayers.LAYERS + "0");
        if (!hasLayers) {
            throw new FormatException(file, LegacyModel.withoutModel(hdf));
        }
        return new LegacyLoading(model, file, header,
                new LegacyWeights(hdf, LegacyLayers.of(hdf, header.config()), header.flipsKernels()));
    }

    static ImportReport inOrder(Model model, String file, Hdf5File hdf) throws FormatException {
        LegacyLoading loaded = of(model, file, hdf);
        Map<String, List<ModelWeight>> own = ModelWeight.of(model);
        List<String> layers = own.keySet().stream().filter(layer -> !own.get(layer).isEmpty()).toList();
        List<String> saved = loaded.weights.arrays().keySet().stream()
                .filter(layer -> !loaded.weights.arrays().get(layer).isEmpty()).toList();
        if (layers.size() != saved.size()) {
            throw new FormatException(file, "holds weights of " + saved.size() + " layers " + saved
                    + ", but the model has " + layers.size() + " layers with weights " + layers
                    + "; LegacyKerasFormat.loadByName takes those of equal names");
        }
        Map<String, String> kinds = loaded.kinds();
        for (int i = 0; i < layers.size(); i++) {
            String layer = layers.get(i);
            loaded.weights.plan(layer, kinds.get(layer), own.get(layer), loaded.weights.arrays().get(saved.get(i)));
        }
        loaded.weights.fillAtOnce(file, model);
        return loaded.report(List.of());
    }

    static ImportReport byName(Model model, String file, Hdf5File hdf) throws FormatException {
        LegacyLoading loaded = of(model, file, hdf);
        Map<String, List<SavedArray>> saved = loaded.weights.arrays();
        Map<String, String> kinds = loaded.kinds();
        List<String> notes = new ArrayList<>();
        for (Map.Entry<String, List<ModelWeight>> layer : ModelWeight.of(model).entrySet()) {
            List<SavedArray> arrays = saved.getOrDefault(layer.getKey(), List.of());
            if (!arrays.isEmpty()) {
                loaded.weights.plan(layer.getKey(), kinds.get(layer.getKey()), layer.getValue(), arrays);
            } else if (!layer.getValue().isEmpty()) {
                notes.add("layer '" + layer.getKey() + "' of the model keeps its weights: the file has none for it");
            }
        }
        saved.forEach((layer, arrays) -> {
            if (!arrays.isEmpty() && !kinds.containsKey(layer)) {
                notes.add(
                        "weights of layer " + FormatException.quote(layer) + " were left: the model has no such layer");
            }
        });
        loaded.weights.fillAtOnce(file, model);
        return loaded.report(notes);
    }

    private Map<String, String> kinds() {
        Map<String, String> kinds = new HashMap<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            kinds.put(layer.name(), layer.layer().kind());
        }
        return kinds;
    }

    private ImportReport report(List<String> notes) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(LegacyNotes.ofWeights(header, weights));
        return new ImportReport(file + " (Keras " + header.version() + ", HDF5)", weights.mapped(), all);
    }
}
