package dev.gatun.formats.keras.save;

import dev.gatun.formats.hdf5.write.WrittenDataset;
import dev.gatun.formats.hdf5.write.WrittenGroup;
import dev.gatun.formats.hdf5.write.WrittenType;
import dev.gatun.formats.tensors.TensorBytes;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.nested.Nested;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of {@code model.weights.h5}: of each layer and of what it holds one with a group {@code vars}, which says its name
 * and has its variables as 0, 1, ... Source: {@code keras/src/saving/saving_lib.py}.
 *
 * @param saved  the model
 * @param models those that are layers in it
 */
record WeightGroups(SavedModel saved, Map<Nested, SavedModel> models) {

    static final String VARIABLES = "vars";
    private static final String NAME = "name";
    private static final String CELL = "/cell";

    /** The tree of a model; its numbers are read when it is written. */
    WrittenGroup of(Model model) {
        WrittenGroup root = new WrittenGroup();
        root.group(VARIABLES).attribute(NAME, saved.name());
        addLayers(root, "", saved);
        Map<String, Weight> weights = new HashMap<>();
        model.weights().forEach(weight -> weights.put(weight.name(), weight));
        Graph graph = model.graph();
        new WeightPlaces(saved, models).of(graph).forEach((name, path) -> {
            int last = path.lastIndexOf('/');
            root.group(path.substring(0, last)).put(path.substring(last + 1), dataset(weights.get(name)));
        });
        return root;
    }

    /** Normalization counts, in whole numbers. */
    private static WrittenDataset dataset(Weight weight) {
        if (weight.name().endsWith("/count") && weight.shape().rank() == 0) {
            return WrittenDataset.of(WrittenType.INT64, (long) weight.get().toArray()[0]);
        }
        return new WrittenDataset(weight.shape(), WrittenType.FLOAT32, out -> TensorBytes.write(weight.get(), out));
    }

    private void addLayers(WrittenGroup root, String path, SavedModel model) {
        model.groups().forEach((node, group) -> add(root, path + "layers/" + group, node.layer(), node.name()));
    }

    private void add(WrittenGroup root, String path, Layer layer, String name) {
        root.group(path + "/" + VARIABLES).attribute(NAME, name);
        switch (layer) {
            case Nested nested -> addLayers(root, path + "/", models.get(nested));
            case TimeDistributed each -> add(root, path + "/layer", each.layer(),
                    LayerForm.nameWithin(each.layer()));
            case Bidirectional both -> {
                add(root, path + "/forward_layer", both.layer(), "forward_" + plain(both.layer(), "forward_"));
                add(root, path + "/backward_layer", both.backwardLayer(), "backward_" + plain(both.backwardLayer(), "backward_"));
            }
            case Rnn rnn -> add(root, path + CELL, rnn.cell(), LayerForm.nameWithin(rnn.cell()));
            case StackedRnnCells stack -> addCells(root, path + "/cells/", stack.cells());
            case RecurrentLayer<?> recurrent -> add(root, path + CELL, null, SavedModel.group(recurrent) + "_cell");
            case HeadedAttention<?> attention -> addHeads(root, path + "/", attention instanceof GroupQueryAttention);
            case null, default -> {
                // Holds nothing but its variables.
            }
        }
    }

    private static String plain(Layer layer, String prefix) {
        String name = LayerForm.nameWithin(layer);
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private void addCells(WrittenGroup root, String path, List<Layer> cells) {
        Map<String, Integer> counts = new HashMap<>();
        for (Layer cell : cells) {
            add(root, path + SavedModel.numbered(SavedModel.group(cell), counts), cell, LayerForm.nameWithin(cell));
        }
    }

    private static void addHeads(WrittenGroup root, String path, boolean isPrivate) {
        String prefix = path + (isPrivate ? "_" : "");
        for (String part : List.of("query", "key", "value")) {
            root.group(prefix + part + "_dense/" + VARIABLES).attribute(NAME, part);
        }
        root.group(prefix + "output_dense/" + VARIABLES).attribute(NAME, "attention_output");
        root.group(path + "_softmax/" + VARIABLES).attribute(NAME, "softmax");
        root.group(path + "_dropout_layer/" + VARIABLES).attribute(NAME, "dropout");
    }
}
