package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.KerasZip;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keras's files of models that are layers. A functional model's own inputs and outputs count as its first call where the outer
 * one lists its outputs; weights lie in groups of groups. The form is that of files that Keras 3.15 wrote.
 */
final class NestedKerasTest {

    private static final String INPUT = """
            {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, %s],
             "dtype": "float32", "name": "%s"}, "name": "%s", "inbound_nodes": []}""";

    private static String input(String name, String sizes) {
        return INPUT.formatted(sizes, name, name);
    }

    private static String call(String from, int output) {
        return """
                [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["%s", 0, %d]}}],
                  "kwargs": {"mask": null}}]""".formatted(from, output);
    }

    private static String dense(String name, int units, String more) {
        return """
                {"module": "keras.layers", "class_name": "Dense", "config": {"name": "%s", "units": %d}%s}"""
                .formatted(name, units, more);
    }

    private static String config() {
        String chain = """
                {"module": "keras", "class_name": "Sequential", "registered_name": null, "name": "enc",
                 "build_config": {"input_shape": [null, 6, 3]},
                 "config": {"name": "enc", "trainable": true, "dtype": {"module": "keras", "class_name": "DTypePolicy",
                   "config": {"name": "float32"}, "registered_name": null}, "build_input_shape": [null, 6, 3],
                  "layers": [%s, {"module": "keras.layers", "class_name": "LSTM",
                   "config": {"name": "lstm", "units": 2}}, %s]},
                 "inbound_nodes": %s}""".formatted(input("first", "6, 3"), dense("out", 4, ""), call("begin", 0));
        String inner = """
                {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional",
                 "name": "inner", "config": {"name": "inner", "trainable": true, "layers": [%s, %s, %s],
                 "input_layers": ["begin", 0, 0], "output_layers": [["enc", 0, 0], ["dense", 0, 0]]},
                 "inbound_nodes": %s}""".formatted(input("begin", "6, 3"), chain,
                dense("dense", 2, ", \"name\": \"dense\", \"inbound_nodes\": " + call("enc", 0)), call("x", 0));
        return """
                {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional",
                 "config": {"name": "outer", "trainable": true, "layers": [%s, %s, %s],
                 "input_layers": ["x", 0, 0], "output_layers": [["last", 0, 0], ["inner", 1, 1]]}}""".formatted(
                input("x", "6, 3"), inner,
                dense("last", 1, ", \"name\": \"last\", \"inbound_nodes\": " + call("inner", 0)));
    }

    private static void put(WritableGroup group, String name, Weight... weights) {
        WritableGroup variables = group.putGroup("vars");
        variables.putAttribute("name", name);
        for (int i = 0; i < weights.length; i++) {
            float[] numbers = weights[i].get().toArray();
            int columns = (int) weights[i].shape().last();
            if (weights[i].shape().rank() == 1) {
                variables.putDataset(String.valueOf(i), numbers);
                continue;
            }
            float[][] rows = new float[numbers.length / columns][columns];
            for (int k = 0; k < numbers.length; k++) {
                rows[k / columns][k % columns] = numbers[k];
            }
            variables.putDataset(String.valueOf(i), rows);
        }
    }

    @Test
    void aModelInAModelInAModel(@TempDir Path folder) throws IOException {
        try (Model model = KerasConfig.model(config(), 3)) {
            model.initialize(6);
            assertEquals(List.of("inner/enc/lstm/kernel", "inner/enc/lstm/recurrent_kernel", "inner/enc/lstm/bias",
                    "inner/enc/out/kernel", "inner/enc/out/bias", "inner/dense/kernel", "inner/dense/bias",
                    "last/kernel",
                    "last/bias"), model.weights().stream().map(Weight::name).toList());
            assertEquals(List.of(Shape.of(-1, 1), Shape.of(-1, 2)), model.outputShapes());
            Path file = KerasZip.write(folder.resolve("outer.keras"), config(), hdf -> {
                WritableGroup layers = hdf.putGroup("layers");
                WritableGroup inner = layers.putGroup("functional");
                put(inner, "inner");
                WritableGroup within = inner.putGroup("layers");
                WritableGroup chain = within.putGroup("sequential").putGroup("layers");
                put(chain.putGroup("lstm").putGroup("cell"), "lstm_cell", weights(model, "inner/enc/lstm/"));
                put(chain.putGroup("dense"), "out", weights(model, "inner/enc/out/"));
                put(within.putGroup("dense"), "dense", weights(model, "inner/dense/"));
                put(layers.putGroup("dense"), "last", weights(model, "last/"));
            });
            Tensor x = Tensor.of(EnginePass.uniform(2 * 6 * 3, 1, 7), 2, 6, 3);
            try (Model loaded = Model.load(file)) {
                assertEquals(model.summaryText(), loaded.summaryText());
                List<Tensor> expected = model.predict(List.of(x));
                List<Tensor> got = new ArrayList<>(loaded.predict(List.of(x)));
                for (int i = 0; i < got.size(); i++) {
                    Bits.same(got.get(i).toArray(), expected.get(i).toArray(), "output " + i);
                }
            }
        }
    }

    private static Weight[] weights(Model model, String prefix) {
        return model.weights().stream().filter(weight -> weight.name().startsWith(prefix)).toArray(Weight[]::new);
    }
}
