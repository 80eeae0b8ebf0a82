package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5Tree;
import dev.gatun.formats.keras.save.KerasWeightsLayout;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Weights of a {@code .weights.h5} file by the names of its layers, which stand beside its groups. If none of these is a layer of
 * the model, as when Keras counted the names on, places decide, as Keras has it.
 *
 * @param hdf     the file
 * @param model   that the weights are for
 * @param inModel what the model calls a name of the file
 */
record KerasNamedWeights(Hdf5Tree hdf, Model model, UnaryOperator<String> inModel) {

    private static final String LAYERS = "layers/";

    /** @throws FormatException if numbers cannot be read */
    Map<String, Tensor> tensors() throws FormatException {
        KerasPaths paths = KerasPaths.of(hdf);
        Map<String, String> layers = new LinkedHashMap<>();
        for (String group : paths.layers()) {
            String name = hdf.text(paths.of(LAYERS + group + "/vars"), "name");
            if (name == null || layers.putIfAbsent(name, LAYERS + group + "/") != null) {
                return byPlace(paths); // Older files have no names, and two layers of one name say nothing.
            }
        }
        Map<String, Map<String, String>> places = placesInLayers();
        return layers.keySet().stream().anyMatch(name -> !placesOf(name, places).isEmpty())
                ? byName(paths, layers, places)
                : byPlace(paths);
    }

    private Map<String, String> placesOf(String layer, Map<String, Map<String, String>> places) {
        String renamed = inModel.apply(layer + "/");
        return renamed.endsWith("/")
                ? places.getOrDefault(renamed.substring(0, renamed.length() - 1), Map.of())
                : Map.of();
    }

    private Map<String, Tensor> byName(KerasPaths paths, Map<String, String> layers,
            Map<String, Map<String, String>> places) throws FormatException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (Map.Entry<String, String> layer : layers.entrySet()) {
            for (Map.Entry<String, String> weight : placesOf(layer.getKey(), places).entrySet()) {
                taken.put(paths.of(layer.getValue() + weight.getValue()), layer.getKey() + "/" + weight.getKey());
            }
        }
        read(taken, tensors);
        for (String left : KerasGroups.leftOver(hdf, taken.keySet())) {
            String name = left;
            for (Map.Entry<String, String> layer : layers.entrySet()) {
                String group = paths.of(layer.getValue());
                if (left.startsWith(group)) {
                    name = layer.getKey() + "/" + left.substring(group.length());
                }
            }
            read(Map.of(left, name), tensors);
        }
        return tensors;
    }

    /** Under the model's own names, unless they are to be given others; what has no place there under its path. */
    private Map<String, Tensor> byPlace(KerasPaths paths) throws FormatException {
        Map<String, String> taken = new LinkedHashMap<>();
        try {
            new KerasWeightsLayout(model).places().forEach((weight, path) -> {
                if (inModel.apply(weight).equals(weight)) {
                    taken.put(paths.of(path), weight);
                }
            });
        } catch (IllegalArgumentException notKerass) {
            throw hdf.wrong(
                    "does not name layers of the model, and the model's weights have no place in a file of Keras's: "
                            + FormatException.reason(notKerass))
                    .because(notKerass);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        read(taken, tensors);
        for (String left : KerasGroups.leftOver(hdf, taken.keySet())) {
            read(Map.of(left, left), tensors);
        }
        return tensors;
    }

    /** Names for which the file has nothing, such as an optimizer's, are left out. */
    private void read(Map<String, String> names, Map<String, Tensor> tensors) throws FormatException {
        for (Map.Entry<String, String> each : names.entrySet()) {
            Hdf5Dataset dataset = hdf.dataset(each.getKey());
            if (dataset != null) {
                tensors.put(each.getValue(), dataset.tensor());
            }
        }
    }

    /** For each layer of the model its weights' places within its group. */
    private Map<String, Map<String, String>> placesInLayers() {
        Map<String, String> whole = new LinkedHashMap<>();
        try {
            whole.putAll(new KerasWeightsLayout(model).places());
        } catch (IllegalArgumentException notKerass) {
            // Layers that Keras has are found by name all the same.
            whole.clear();
        }
        Map<String, Map<String, String>> places = new LinkedHashMap<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            List<String> paths = layer.kerasWeights();
            Map<String, String> own = new LinkedHashMap<>();
            for (int index = 0; index < paths.size(); index++) {
                String weight = layer.built().weights().get(index).name();
                String path = whole.get(layer.name() + "/" + weight);
                own.put(weight, path == null
                        ? paths.get(index)
                        : path.substring(path.indexOf('/', LAYERS.length()) + 1));
            }
            places.put(layer.name(), own);
        }
        return places;
    }
}
