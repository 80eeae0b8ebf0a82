package dev.gatun.tests.battery;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.tests.KerasZip;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A {@code .keras} file of a layer alone, as Keras 3 writes it. */
final class KerasFile {

    private KerasFile() {}

    /** @param layer the instance's, as Keras names it */
    static Path write(Path file, Instance instance, Layer layer, Model model) throws IOException {
        String config = PlainJson.text(KerasForm.model(
                instance, KerasForm.serialized(layer, KerasForm.config(layer)), instance.outputs().size()));
        return KerasZip.write(file, config, hdf -> {
            WritableGroup group = hdf.putGroup("layers")
                    .putGroup(snakeCase(layer.kind().replace("GroupQuery", "GroupedQuery")));
            WritableGroup own = group.putGroup("vars");
            own.putAttribute("name", Battery.NAME);
            if (layer instanceof Bidirectional both) {
                write(below(group, "forward_layer/" + place(both.layer())), weightsOf(model, "forward_"));
                write(below(group, "backward_layer/" + place(both.backwardLayer())), weightsOf(model, "backward_"));
            } else if (layer instanceof HeadedAttention<?>) {
                String under = layer instanceof GroupQueryAttention ? "_" : "";
                for (String part : List.of("query", "key", "value")) {
                    write(below(group, under + part + "_dense/vars"), weightsOf(model, part + "/"));
                }
                write(below(group, under + "output_dense/vars"), weightsOf(model, "attention_output/"));
            } else if (layer instanceof Rnn rnn) {
                writeCell(group, "cell", rnn.cell(), new ArrayDeque<>(model.weights()));
            } else {
                write("vars".equals(place(layer)) ? own : below(group, place(layer)), model.weights());
            }
        });
    }

    /** The cells of a stack in order, those of one class numbered. */
    private static void writeCell(WritableGroup group, String path, Layer cell, Deque<Weight> weights) {
        if (cell instanceof StackedRnnCells stack) {
            Map<String, Integer> counts = new HashMap<>();
            for (Layer each : stack.cells()) {
                String kind = snakeCase(each.kind());
                int number = counts.merge(kind, 1, Integer::sum) - 1;
                writeCell(group, path + "/cells/" + kind + (number == 0 ? "" : "_" + number), each, weights);
            }
            return;
        }
        List<Weight> own = new ArrayList<>();
        String owner = ownerOf(weights.peek());
        while (!weights.isEmpty() && ownerOf(weights.peek()).equals(owner)) {
            own.add(weights.poll());
        }
        write(below(group, path + "/" + KerasForm.classOf(cell).weights()), own);
    }

    private static String ownerOf(Weight weight) {
        return weight.name().substring(0, weight.name().lastIndexOf('/'));
    }

    private static List<Weight> weightsOf(Model model, String half) {
        return model.weights().stream().filter(weight -> weight.name().startsWith(Battery.NAME + "/" + half)).toList();
    }

    private static void write(WritableGroup variables, List<Weight> weights) {
        for (Weight weight : weights) {
            variables.putDataset(String.valueOf(weights.indexOf(weight)), nested(weight));
        }
    }

    /** Source: keras/src/utils/naming.py, {@code to_snake_case}. */
    private static String snakeCase(String kind) {
        return kind.replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static String place(Layer layer) {
        String place = KerasForm.classOf(layer).weights();
        return place != null ? place : "layer/" + place(within(layer));
    }

    private static Layer within(Layer layer) {
        for (Option<?> option : layer.configuration().options().options()) {
            if (option.kind() == OptionKind.LAYER) {
                return (Layer) layer.configuration().get(option);
            }
        }
        throw new AssertionError(layer + " holds no layer");
    }

    private static WritableGroup below(WritableGroup group, String path) {
        WritableGroup found = group;
        for (String name : path.split("/")) {
            found = found.getChildren().get(name) instanceof WritableGroup there ? there : found.putGroup(name);
        }
        return found;
    }

    /** As jHDF takes numbers: an array for each axis. */
    private static Object nested(Weight weight) {
        if (weight.shape().rank() == 0) {
            return weight.get().toArray()[0];
        }
        int[] sizes = new int[weight.shape().rank()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = (int) weight.shape().dim(axis);
        }
        Object array = Array.newInstance(float.class, sizes);
        fill(array, weight.get().toArray(), 0);
        return array;
    }

    private static int fill(Object array, float[] numbers, int first) {
        int next = first;
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array instanceof float[] row) {
                row[i] = numbers[next++];
            } else {
                next = fill(Array.get(array, i), numbers, next);
            }
        }
        return next;
    }
}
