package dev.gatun.formats.keras.save;

import dev.gatun.formats.hdf5.write.WrittenDataset;
import dev.gatun.formats.hdf5.write.WrittenGroup;
import dev.gatun.formats.hdf5.write.WrittenType;
import dev.gatun.formats.tensors.TensorBytes;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.nested.Nested;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private static final String CELLS = "cells";
    /** Layers that Keras makes of a cell. */
    private static final Set<String> WITH_CELLS = Set.of("LSTM", "GRU", "SimpleRNN");

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
        add(root, path, layer, name, null);
    }

    /** @param cells names of the cells of the stack that it is in; null outside of one */
    private void add(WrittenGroup root, String path, Layer layer, String name, CellNames cells) {
        root.group(path + "/" + VARIABLES).attribute(NAME, name);
        if (layer instanceof Nested nested) {
            addLayers(root, path + "/", models.get(nested));
        } else if (layer instanceof HeadedAttention<?>) {
            addHeads(root, path + "/", layer instanceof GroupQueryAttention);
        } else if (WITH_CELLS.contains(layer.kind())) {
            root.group(path + "/cell/" + VARIABLES).attribute(NAME, SavedModel.group(layer) + "_cell");
        } else if (layer.kind().equals("Bidirectional")) {
            addHalves(root, path, LayersWithin.of(layer));
        } else {
            addWithin(root, path, layer, cells);
        }
    }

    private void addHalves(WrittenGroup root, String path, Map<String, List<Layer>> halves) {
        Layer forward = halves.get("layer").getFirst();
        Layer backward = halves.getOrDefault("backward_layer", halves.get("layer")).getFirst();
        add(root, path + "/forward_layer", forward, turned("forward_", forward));
        add(root, path + "/backward_layer", backward,
                backward == forward ? turned("backward_", backward) : LayersWithin.name(backward));
    }

    private static String turned(String prefix, Layer layer) {
        String name = LayersWithin.name(layer);
        return name.startsWith(prefix) ? name : prefix + name;
    }

    private void addWithin(WrittenGroup root, String path, Layer layer, CellNames cells) {
        CellNames names = cells == null && layer instanceof StackedRnnCells stack ? CellNames.of(stack) : cells;
        Map<String, Integer> counts = new HashMap<>();
        LayersWithin.of(layer).forEach((option, layers) -> {
            for (Layer inner : layers) {
                String group = option.equals(CELLS)
                        ? option + "/" + SavedModel.numbered(SavedModel.group(inner), counts)
                        : option;
                add(root, path + "/" + group, inner, names == null ? LayersWithin.name(inner) : names.of(inner), names);
            }
        });
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
