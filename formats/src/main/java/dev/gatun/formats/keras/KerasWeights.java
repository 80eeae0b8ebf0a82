package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.layers.Layer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final String file;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final List<ImportReport.Mapped> mapped = new ArrayList<>();
    private final Set<KerasNumbers> precisions = EnumSet.noneOf(KerasNumbers.class);
    private long readBytes;
    private boolean hasOptimizer;

    private KerasWeights(String file) {
        this.file = file;
    }

    /** @throws FormatException if the bytes are not such a file, or hold other weights than the model has */
    static KerasWeights read(String file, byte[] bytes, ModelNodes nodes, Graph graph) throws FormatException {
        KerasWeights weights = new KerasWeights(file);
        KerasNumbers.uncover(bytes);
        try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
            weights.readLayers(hdf, bytes.length, nodes, graph);
            weights.hasOptimizer = hdf.getChildren().containsKey("optimizer");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            // jHDF believes what the file says about sizes and addresses.
            throw new FormatException(file,
                    "its " + ENTRY + " is damaged or not HDF5 (" + FormatException.reason(damaged)
                            + "); copy or download it again")
                    .because(damaged);
        }
        return weights;
    }

    /** By {@code layer/weight}: every weight of the graph. */
    Map<String, Tensor> tensors() {
        return weights;
    }

    List<ImportReport.Mapped> mapped() {
        return mapped;
    }

    /** What the weights are in the file. */
    Set<KerasNumbers> precisions() {
        return precisions;
    }

    boolean hasOptimizer() {
        return hasOptimizer;
    }

    private void readLayers(HdfFile hdf, long fileBytes, ModelNodes nodes, Graph graph) throws FormatException {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> expected = new HashSet<>();
        Map<String, Graph.NamedLayer> named = new HashMap<>();
        graph.layers().forEach(layer -> named.put(layer.name(), layer));
        for (Map.Entry<String, Layer> layer : nodes.layers().entrySet()) {
            String kind = layer.getValue().kind();
            String group = group(layer.getValue(), counts.merge(kind, 1, Integer::sum) - 1);
            expected.add(group.substring(GROUP.length() + 1));
            List<String> lines = new ArrayList<>();
            List<String> paths = named.containsKey(layer.getKey())
                    ? named.get(layer.getKey()).kerasWeights()
                    : List.of();
            if (!paths.isEmpty()) {
                requireSameLayer(hdf, fileBytes, group, layer.getKey());
                requireCounts(hdf, group, layer.getKey(), paths);
                List<WeightSpec> specs = named.get(layer.getKey()).built().weights();
                for (int index = 0; index < specs.size(); index++) {
                    WeightSpec spec = specs.get(index);
                    String name = layer.getKey() + "/" + spec.name();
                    String path = group + "/" + paths.get(index);
                    weights.put(name, tensor(hdf, fileBytes, path, name, spec.shape()));
                    lines.add(spec.name() + " " + spec.shape() + " <- " + path);
                }
            }
            mapped.add(new ImportReport.Mapped(layer.getKey(), kind, lines));
        }
        requireNothingElse(hdf, expected);
    }

    private static String group(Layer layer, int number) {
        String name = layer.configuration().options().defaultName();
        return GROUP + "/" + (number == 0 ? name : name + "_" + number);
    }

    /** Newer files say which layer a group belongs to. */
    private void requireSameLayer(HdfFile hdf, long fileBytes, String group, String layer) throws FormatException {
        if (!(find(hdf, group) instanceof Group found)) {
            throw wrong("has no group " + group + ", where the weights of layer '" + layer + "' should be");
        }
        Node variables = found.getChildren().get(VARIABLES);
        Attribute name = variables == null ? null : variables.getAttributes().get("name");
        if (name != null && name.getSizeInBytes() > fileBytes) {
            throw wrong("has an attribute 'name' of " + name.getSizeInBytes() + " bytes in group " + group
                    + ", more than the file itself");
        }
        if (name != null && name.getData() instanceof String own && !own.equals(layer)) {
            throw wrong("holds layer " + FormatException.quote(own) + " in group " + group + ", where layer '" + layer
                    + "' of config.json should be");
        }
    }

    /** In each of the groups that hold weights of the layer there are as many as it has there. */
    private void requireCounts(HdfFile hdf, String group, String layer, List<String> paths) throws FormatException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String path : paths) {
            counts.merge(group + "/" + path.substring(0, path.lastIndexOf('/')), 1, Integer::sum);
        }
        for (Map.Entry<String, Integer> variables : counts.entrySet()) {
            int got = find(hdf, variables.getKey()) instanceof Group found ? found.getChildren().size() : 0;
            if (got != variables.getValue()) {
                throw wrong("holds " + got + " weights for layer '" + layer + "' in " + variables.getKey()
                        + ", expected " + variables.getValue());
            }
        }
    }

    private void requireNothingElse(HdfFile hdf, Set<String> expected) throws FormatException {
        if (find(hdf, GROUP) instanceof Group group) {
            for (String name : group.getChildren().keySet()) {
                if (!expected.contains(name)) {
                    throw wrong("holds a layer " + FormatException.quote(name) + " that config.json does not have");
                }
            }
        }
    }

    private Tensor tensor(HdfFile hdf, long fileBytes, String path, String weight, Shape shape)
            throws FormatException {
        if (!(find(hdf, path) instanceof Dataset dataset)) {
            throw wrong("has no " + path + ", the weight '" + weight + "'");
        }
        Shape got = Shape.of(dataset.getDimensionsAsLong());
        if (!got.equals(shape)) {
            throw wrong("has " + path + " of shape " + got + ", but the weight '" + weight + "' has shape " + shape);
        }
        KerasNumbers numbers = KerasNumbers.of(dataset);
        if (numbers == null) {
            throw wrong("has " + path + " as " + dataset.getJavaType().getSimpleName()
                    + ", expected float32, float16, bfloat16 or float64");
        }
        precisions.add(numbers);
        // Keras neither packs numbers nor lets two weights share them: more numbers than bytes would be a bomb.
        if (dataset.getSizeInBytes() > fileBytes - readBytes) {
            throw wrong("promises " + dataset.getSizeInBytes() + " bytes of numbers in " + path + " beside " + readBytes
                    + " read already, but has " + fileBytes + " bytes in all");
        }
        readBytes += dataset.getSizeInBytes();
        if (dataset instanceof ChunkedDataset chunked && chunkBytes(chunked, numbers) > fileBytes) {
            throw wrong("has " + path + " in pieces of " + chunkBytes(chunked, numbers) + " bytes, but has " + fileBytes
                    + " bytes in all");
        }
        return Tensor.of(numbers.floats(dataset), shape.toArray());
    }

    /** Bytes of one piece, or the largest number there is. */
    private static long chunkBytes(ChunkedDataset dataset, KerasNumbers numbers) {
        long bytes = numbers.bytes();
        for (int size : dataset.getChunkDimensions()) {
            bytes = size <= 0 || bytes > Long.MAX_VALUE / size ? Long.MAX_VALUE : bytes * size;
        }
        return bytes;
    }

    /** A group or dataset of this very file, or null. */
    private static Node find(HdfFile hdf, String path) {
        Node node = hdf;
        for (String name : path.split("/")) {
            if (!(node instanceof Group group)) {
                return null;
            }
            node = group.getChildren().get(name);
            if (node != null && node.isLink()) {
                return null; // Possibly into another file.
            }
        }
        return node;
    }

    private FormatException wrong(String reason) {
        return new FormatException(file, "its " + ENTRY + " " + reason + "; save the model again");
    }
}
