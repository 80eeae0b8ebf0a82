package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.formats.hdf5.Hdf5Numbers;
import dev.gatun.formats.hdf5.Hdf5Tree;
import dev.gatun.formats.keras.arrays.KerasPlaces;
import dev.gatun.layers.Layer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * {@code model.weights.h5} of Keras 3. Its groups are not named after the layers but after their classes, in snake case
 * and numbered in the order of {@code model.layers}; the layer's own name stands in an attribute and is checked. Source:
 * keras/src/saving/saving_lib.py, {@code _save_container_state}.
 */
final class KerasWeights {

    static final String ENTRY = "model.weights.h5";

    private static final String GROUP = "layers";
    private static final String VARIABLES = "vars";

    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final SequencedMap<String, String> places = new LinkedHashMap<>();
    private final List<ImportReport.Mapped> mapped = new ArrayList<>();
    private final Set<Hdf5Numbers> precisions = EnumSet.noneOf(Hdf5Numbers.class);
    private final KerasPaths paths;
    private boolean hasOptimizer;

    private KerasWeights(KerasPaths paths) {
        this.paths = paths;
    }

    /** @throws FormatException if the bytes are not such a file, or hold other weights than the model has */
    static KerasWeights read(String file, byte[] bytes, ModelNodes nodes, Graph graph) throws FormatException {
        return Hdf5File.read(named(file), bytes, hdf -> of(hdf, nodes, graph));
    }

    /** @throws FormatException if it holds other weights than the model has */
    static KerasWeights of(Hdf5Tree hdf, ModelNodes nodes, Graph graph) throws FormatException {
        KerasWeights weights = new KerasWeights(KerasPaths.of(hdf));
        weights.readLayers(hdf, nodes, graph);
        weights.hasOptimizer = hdf.names("").contains(KerasTraining.GROUP);
        return weights;
    }

    static Hdf5Name named(String file) {
        return new Hdf5Name(file, "its " + ENTRY, "save the model again");
    }

    /** By {@code layer/weight}: every weight of the graph. */
    Map<String, Tensor> tensors() {
        return weights;
    }

    /** Where each of them lies, as Keras 3 has it. */
    SequencedMap<String, String> places() {
        return places;
    }

    List<ImportReport.Mapped> mapped() {
        return mapped;
    }

    /** What the weights are in the file. */
    Set<Hdf5Numbers> precisions() {
        return precisions;
    }

    boolean hasOptimizer() {
        return hasOptimizer;
    }

    private void readLayers(Hdf5Tree hdf, ModelNodes nodes, Graph graph) throws FormatException {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> expected = new HashSet<>();
        Map<String, Graph.NamedLayer> named = new HashMap<>();
        graph.layers().forEach(layer -> named.put(layer.name(), layer));
        for (Map.Entry<String, Layer> layer : nodes.layers().entrySet()) {
            String kind = layer.getValue().kind();
            String group = KerasPlaces.group(layer.getValue(), counts.merge(kind, 1, Integer::sum) - 1);
            expected.add(group.substring(GROUP.length() + 1));
            List<String> lines = new ArrayList<>();
            List<String> ofWeights = named.containsKey(layer.getKey())
                    ? named.get(layer.getKey()).kerasWeights()
                    : List.of();
            if (!ofWeights.isEmpty()) {
                requireSameLayer(hdf, group, layer.getKey());
                requireCounts(hdf, group, layer.getKey(), ofWeights);
                List<WeightSpec> specs = named.get(layer.getKey()).built().weights();
                for (int index = 0; index < specs.size(); index++) {
                    WeightSpec spec = specs.get(index);
                    String name = layer.getKey() + "/" + spec.name();
                    String path = group + "/" + ofWeights.get(index);
                    weights.put(name, tensor(hdf, path, name, spec.shape()));
                    places.put(name, path);
                    lines.add(spec.name() + " " + spec.shape() + " <- " + path);
                }
            }
            mapped.add(new ImportReport.Mapped(layer.getKey(), kind, lines));
        }
        requireNothingElse(hdf, expected);
    }

    /** Newer files say which layer a group belongs to. */
    private void requireSameLayer(Hdf5Tree hdf, String group, String layer) throws FormatException {
        if (!hdf.hasGroup(paths.of(group))) {
            throw hdf.wrong("has no group " + group + ", where the weights of layer '" + layer + "' should be");
        }
        String own = hdf.text(paths.of(group + "/" + VARIABLES), "name");
        if (own != null && !own.equals(layer)) {
            throw hdf.wrong("holds layer " + FormatException.quote(own) + " in group " + group + ", where layer '"
                    + layer + "' of config.json should be");
        }
    }

    /** In each of the groups that hold weights of the layer there are as many as it has there. */
    private void requireCounts(Hdf5Tree hdf, String group, String layer, List<String> ofWeights)
            throws FormatException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String path : ofWeights) {
            counts.merge(group + "/" + path.substring(0, path.lastIndexOf('/')), 1, Integer::sum);
        }
        for (Map.Entry<String, Integer> variables : counts.entrySet()) {
            int got = hdf.names(paths.of(variables.getKey())).size();
            if (got != variables.getValue()) {
                throw hdf.wrong("holds " + got + " weights for layer '" + layer + "' in " + variables.getKey()
                        + ", expected " + variables.getValue());
            }
        }
    }

    private void requireNothingElse(Hdf5Tree hdf, Set<String> expected) throws FormatException {
        for (String name : paths.layers()) {
            if (!expected.contains(name)) {
                throw hdf.wrong("holds a layer " + FormatException.quote(name) + " that config.json does not have");
            }
        }
    }

    private Tensor tensor(Hdf5Tree hdf, String path, String weight, Shape shape) throws FormatException {
        Hdf5Dataset dataset = hdf.dataset(paths.of(path));
        if (dataset == null) {
            throw hdf.wrong("has no " + path + ", the weight '" + weight + "'");
        }
        Shape got = dataset.shape();
        if (!got.equals(shape)) {
            throw hdf.wrong(
                    "has " + path + " of shape " + got + ", but the weight '" + weight + "' has shape " + shape);
        }
        precisions.add(dataset.numbers());
        return dataset.tensor();
    }
}
