package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.legacy.LegacyKerasFormat;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts and names of Keras 1 and 2 that no file of others at hand has: each array against the place its numbers belong to. */
final class LegacyKerasTest {

    private static final int INPUTS = 2;
    private static final int UNITS = 3;

    @TempDir
    Path folder;

    /** Numbers that say where they belong: gate, row and column. */
    private static float number(int gate, int row, int column) {
        return gate + row / 10f + column / 100f;
    }

    private static float[][] block(int gate, int rows) {
        float[][] block = new float[rows][UNITS];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < UNITS; column++) {
                block[row][column] = number(gate, row, column);
            }
        }
        return block;
    }

    /** What a weight of all gates must hold. */
    private static float[] beside(int gates, int rows, int offset) {
        float[] all = new float[rows * gates * UNITS];
        for (int i = 0; i < all.length; i++) {
            int column = i % (gates * UNITS);
            all[i] = number(offset + column / UNITS, i / (gates * UNITS), column % UNITS);
        }
        return all;
    }

    private Path keras1(String kind, String order, String gates) {
        List<Object> arrays = new ArrayList<>();
        for (String gate : order.split("")) {
            int place = gates.indexOf(gate);
            arrays.add("rnn_W_" + gate);
            arrays.add(block(place, INPUTS));
            arrays.add("rnn_U_" + gate);
            arrays.add(block(10 + place, UNITS));
            arrays.add("rnn_b_" + gate);
            arrays.add(block(20 + place, 1)[0]);
        }
        return new LegacyH5().layer("rnn", arrays.toArray()).model(folder.resolve("k1.h5"), "1.2.2", """
                {"class_name": "Sequential", "config": [{"class_name": "%s", "config": {"name": "rnn", "output_dim": 3,
                "init": "glorot_uniform", "inner_init": "orthogonal", "activation": "tanh", "inner_activation":
                "hard_sigmoid", "return_sequences": true, "go_backwards": false, "stateful": false, "unroll": false,
                "consume_less": "cpu", "W_regularizer": {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01},
                "U_regularizer": null, "b_regularizer": null, "dropout_W": 0.1, "dropout_U": 0.2, "input_dim": 2,
                "input_length": null, "batch_input_shape": [null, null, 2], "input_dtype": "float32",
                "trainable": true%s}}]}""".formatted(kind,
                kind.equals("LSTM") ? ", \"forget_bias_init\": \"one\"" : ""));
    }

    @ParameterizedTest
    @CsvSource({"LSTM, icfo, ifco", "LSTM, ofic, ifco", "GRU, zrh, zrh", "GRU, hzr, zrh"})
    void keras1HasThreeArraysForEachGate(String kind, String order, String gates) throws IOException {
        try (Imported imported = Imported.read(keras1(kind, order, gates))) {
            Model model = imported.model();
            int count = gates.length();
            assertArrayEquals(beside(count, INPUTS, 0), model.weight("rnn/kernel").get().toArray());
            assertArrayEquals(beside(count, UNITS, 10), model.weight("rnn/recurrent_kernel").get().toArray());
            assertArrayEquals(beside(count, 1, 20), model.weight("rnn/bias").get().toArray());
            assertTrue(imported.report().toString().contains("clip(0.2 x + 0.5, 0, 1)"), imported.report().toString());
            Object config = model.graph().layers().get(1).layer().config();
            assertTrue(config.toString().contains("hard_sigmoid_keras2"), config.toString());
            assertTrue(config.toString().contains("recurrent_dropout=0.2"), config.toString());
        }
    }

    /** cuDNN's kernels are read by units where Keras reads by features, and it adds two biases. */
    @ParameterizedTest
    @CsvSource({"CuDNNLSTM, 4", "CuDNNGRU, 3"})
    void cudnnHasAnOrderOfItsOwn(String kind, int gates) throws IOException {
        float[] biases = new float[2 * gates * UNITS];
        for (int i = 0; i < biases.length; i++) {
            biases[i] = i;
        }
        Path file = new LegacyH5()
                .layer("rnn", "rnn/kernel:0", cudnn(gates, INPUTS, 0), "rnn/recurrent_kernel:0",
                        cudnn(gates, UNITS, 10),
                        "rnn/bias:0", biases)
                .model(folder.resolve("cudnn.h5"), "2.2.4", """
                        {"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "%s", "config":
                        {"name": "rnn", "units": 3, "batch_input_shape": [null, 4, 2], "return_sequences": false}}]}}"""
                        .formatted(kind));
        try (Imported imported = Imported.read(file)) {
            Model model = imported.model();
            assertArrayEquals(beside(gates, INPUTS, 0), model.weight("rnn/kernel").get().toArray());
            assertArrayEquals(beside(gates, UNITS, 10), model.weight("rnn/recurrent_kernel").get().toArray());
            float[] bias = model.weight("rnn/bias").get().toArray();
            if (gates == 3) {
                assertArrayEquals(biases, bias);
            } else {
                for (int i = 0; i < bias.length; i++) {
                    assertEquals(biases[i] + biases[bias.length + i], bias[i]);
                }
            }
            assertEquals(gates == 3 ? "GRU" : "LSTM", imported.report().layers().get(1).kind());
        }
    }

    /** The bytes of a gate are those of a matrix with a row for each unit. */
    private static float[][] cudnn(int gates, int rows, int offset) {
        float[][] kernel = new float[rows][gates * UNITS];
        for (int gate = 0; gate < gates; gate++) {
            for (int unit = 0; unit < UNITS; unit++) {
                for (int row = 0; row < rows; row++) {
                    int place = unit * rows + row;
                    kernel[place / UNITS][gate * UNITS + place % UNITS] = number(offset + gate, row, unit);
                }
            }
        }
        return kernel;
    }

    /** Steps 3, features 2, filters 4; the number says which. */
    private static float tap(int step, int feature, int filter) {
        return step + feature / 10f + filter / 100f;
    }

    @ParameterizedTest
    @CsvSource({"tensorflow, false", "theano, false", "tensorflow, true", "theano, true"})
    void keras1HasConvolutionsAsPicturesAndTheanoTurnsThem(String backend, boolean filtersFirst) throws IOException {
        float[][][][] kernel = filtersFirst ? new float[4][2][3][1] : new float[3][1][2][4];
        for (int step = 0; step < 3; step++) {
            for (int feature = 0; feature < 2; feature++) {
                for (int filter = 0; filter < 4; filter++) {
                    if (filtersFirst) {
                        kernel[filter][feature][step][0] = tap(step, feature, filter);
                    } else {
                        kernel[step][0][feature][filter] = tap(step, feature, filter);
                    }
                }
            }
        }
        Path file = new LegacyH5().with("backend", backend)
                .layer("conv", "conv_W", kernel, "conv_b", new float[] {1, 2, 3, 4})
                .model(folder.resolve("conv.h5"), "1.1.0", """
                        {"class_name": "Sequential", "config": [{"class_name": "Convolution1D", "config": {"name": "conv",
                        "nb_filter": 4, "filter_length": 3, "border_mode": "same", "subsample_length": 2, "init": "uniform",
                        "activation": "relu", "bias": true, "batch_input_shape": [null, 8, 2], "input_dim": 2,
                        "input_length": 8, "W_constraint": {"name": "MaxNorm", "m": 2, "axis": 0}, "trainable": true}},
                        {"class_name": "MaxPooling1D", "config": {"name": "pool", "pool_length": 2, "stride": 2,
                        "border_mode": "valid", "trainable": true}},
                        {"class_name": "Dropout", "config": {"name": "drop", "p": 0.5, "trainable": true}}]}""");
        try (Imported imported = Imported.read(file)) {
            float[] got = imported.model().weight("conv/kernel").get().toArray();
            for (int i = 0; i < got.length; i++) {
                int step = backend.equals("theano") ? 2 - i / 8 : i / 8;
                assertEquals(tap(step, i / 4 % 2, i % 4), got[i]);
            }
            assertEquals("(None, 2, 4)", imported.model().outputShapes().getFirst().toString());
        }
    }

    private static final String LAYER = """
            {"class_name": "%s", "config": {"name": "layer", %s}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1.2.2 | BatchNormalization | "mode": 2, "batch_input_shape": [null, 3] | mode=2
            1.2.2 | Highway | "batch_input_shape": [null, 3]                        | Highway
            1.2.2 | Merge | "mode": "cos", "batch_input_shape": [null, 3]           | mode=cos
            1.2.2 | Merge | "mode": "sum", "layers": [{"class_name": "Dense", "config": {"name": "d"}}] | several Sequential
            1.2.2 | Dense | "output_dim": 2, "W_regularizer": {"name": "EigenvalueRegularizer", "k": 1} | Eigenvalue
            2.2.4 | Lambda | "function": ["x", null, null], "batch_input_shape": [null, 3] | Lambda is code of Python's
            2.2.4 | AttentionWithContext | "batch_input_shape": [null, 3]           | AttentionWithContext
            2.6.0 | LSTM | "units": 2, "time_major": true, "batch_input_shape": [null, 3, 2] | time_major
            """)
    void whatCannotBeReadIsRefusedByName(String version, String kind, String config, String said) {
        Path file = new LegacyH5().layer("layer").model(folder.resolve("refused.h5"), version,
                "{\"class_name\": \"Sequential\", \"config\": [" + LAYER.formatted(kind, config) + "]}");
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(said) && message.contains("'layer'"), message);
    }

    /** Keras cuts what is longer than 64 KB into pieces; names of groups do not count, those of the weights do. */
    @Test
    void longAttributesComeInPieces() throws IOException {
        String config = """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name":
                "dense_7", "units": 2, "use_bias": false, "batch_input_shape": [null, 1]}}]}}""";
        Path file = folder.resolve("pieces.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putAttribute("model_config0", config.substring(0, 40));
            hdf.putAttribute("model_config1", config.substring(40));
            WritableGroup weights = hdf.putGroup("model_weights");
            weights.putAttribute("layer_names0", new String[] {"other"});
            weights.putAttribute("layer_names1", new String[] {"dense_7"});
            weights.putGroup("other").putAttribute("weight_names", 0.0);
            WritableGroup dense = weights.putGroup("dense_7");
            dense.putAttribute("weight_names0", new String[] {"dense_7/kernel:0"});
            dense.putGroup("dense_7").putDataset("kernel:0", new float[][] {{3, 4}});
        }
        try (Model model = Model.load(file)) {
            assertArrayEquals(new float[] {3, 4}, model.weight("dense_7/kernel").get().toArray());
        }
    }

    @Test
    void aKerasFileMayBeHdf5() throws IOException {
        Path file = keras1("GRU", "zrh", "zrh");
        try (Model model = Model.load(Files.move(file, folder.resolve("old.keras")))) {
            assertEquals(3 * (UNITS * (INPUTS + UNITS) + UNITS), model.parameterCount());
        }
    }

    private static Model twoLayers(String first, String second) {
        return Sequential.of(Input.shape(2),
                Dense.units(1).named(first), Dense.units(1).named(second));
    }

    private Path twoLayersOfWeights() {
        return new LegacyH5().with("backend", "tensorflow").with("keras_version", "2.2.4").layer("drop")
                .layer("a", "a/kernel:0", new float[][] {{1}, {2}}, "a/bias:0", new float[] {3})
                .layer("b", "b/kernel:0", new float[][] {{4}}, "b/bias:0", new float[] {5})
                .weights(folder.resolve("weights.h5"));
    }

    @Test
    void weightsAloneGoIntoAModelInOrder() throws IOException {
        try (Model model = twoLayers("x", "y")) {
            assertEquals(2, LegacyKerasFormat.load(model, twoLayersOfWeights()).layers().size());
            assertArrayEquals(new float[] {1, 2}, model.weight("x/kernel").get().toArray());
            assertArrayEquals(new float[] {5}, model.weight("y/bias").get().toArray());
        }
    }

    @Test
    void weightsAloneGoIntoAModelByName() throws IOException {
        try (Model model = twoLayers("a", "y")) {
            float[] before = model.weight("y/kernel").get().toArray();
            String report = LegacyKerasFormat.loadByName(model, twoLayersOfWeights()).toString();
            assertArrayEquals(new float[] {1, 2}, model.weight("a/kernel").get().toArray());
            assertArrayEquals(before, model.weight("y/kernel").get().toArray());
            assertTrue(report.contains("layer 'y' of the model keeps its weights"), report);
            assertTrue(report.contains("weights of layer 'b' were left"), report);
        }
    }

    @Test
    void weightsThatDoNotFitLeaveTheModelAsItWas() {
        try (Model model = twoLayers("b", "a")) {
            float[] before = model.weight("b/kernel").get().toArray();
            String message = assertThrows(FormatException.class,
                    () -> LegacyKerasFormat.loadByName(model, twoLayersOfWeights())).getMessage();
            assertTrue(message.contains("'b/kernel' has shape (2, 1)"), message);
            assertArrayEquals(before, model.weight("b/kernel").get().toArray());
        }
        try (Model model = Sequential.of(Input.shape(2),
                Dense.units(1))) {
            String message = assertThrows(FormatException.class,
                    () -> LegacyKerasFormat.load(model, twoLayersOfWeights())).getMessage();
            assertTrue(message.contains("2 layers [a, b]") && message.contains("loadByName"), message);
        }
    }

    @Test
    void weightsAloneSayWhatToDo() {
        String message = assertThrows(FormatException.class, () -> Model.load(twoLayersOfWeights())).getMessage();
        assertTrue(message.contains("LegacyKerasFormat.load or loadByName"), message);
    }

    @Test
    void aModelMayLieInTwoFiles() throws IOException {
        Path json = Files.writeString(folder.resolve("model.json"), """
                {"class_name": "Sequential", "keras_version": "2.2.4", "config": [{"class_name": "Dense", "config": {"name":
                "a", "units": 1, "activation": "hard_sigmoid", "batch_input_shape": [null, 2]}}, {"class_name": "Dense",
                "config": {"name": "b", "units": 1}}]}""");
        try (Imported imported = LegacyKerasFormat.of(json, twoLayersOfWeights())) {
            assertArrayEquals(new float[] {4}, imported.model().weight("b/kernel").get().toArray());
            assertTrue(imported.report().toString().contains("clip(0.2 x + 0.5, 0, 1)"));
        }
        String message = assertThrows(IOException.class, () -> Model.load(json)).getMessage();
        assertTrue(message.contains("LegacyKerasFormat.of"), message);
    }

    /** A Sequential within another was a list without a name, and Keras 1 listed its layers as if they stood outside of it. */
    @ParameterizedTest
    @CsvSource({"sequential_1, '1.2.2'", "sequential_1, '2.1.3'", "d1, '1.2.2'"})
    void aSequentialWithinAnotherMayHaveLostItsName(String group, String version) throws IOException {
        LegacyH5 file = new LegacyH5();
        if (group.equals("d1")) {
            file.layer("d1", "d1_W", new float[][] {{1}, {2}}, "d1_b", new float[] {3})
                    .layer("d2", "d2_W", new float[][] {{4}}, "d2_b", new float[] {5});
        } else {
            file.layer(group, "d1_W", new float[][] {{1}, {2}}, "d1_b", new float[] {3}, "d2_W", new float[][] {{4}},
                    "d2_b",
                    new float[] {5});
        }
        String units = version.startsWith("1") ? "output_dim" : "units";
        file.layer("d3", "d3_W", new float[][] {{6}}, "d3_b", new float[] {7});
        Path h5 = file.model(folder.resolve("within.h5"), version, """
                {"class_name": "Sequential", "config": [{"class_name": "Sequential", "config": [
                {"class_name": "Dense", "config": {"name": "d1", "%s": 1, "batch_input_shape": [null, 2]}},
                {"class_name": "Dense", "config": {"name": "d2", "%s": 1}}]},
                {"class_name": "Dense", "config": {"name": "d3", "%s": 1}}]}""".formatted(units, units, units));
        try (Model model = Model.load(h5)) {
            float y = model.predict(new float[][] {{1, 1}}).toArray()[0];
            assertEquals(((1 + 2 + 3) * 4 + 5) * 6 + 7, y);
        }
    }

    /** The forms in which tf.keras 2 writes layers that Keras 3 writes otherwise. */
    @Test
    void formsOfTfKeras() throws IOException {
        float[] ones = {1, 1};
        float[][][] projection = {{{1}}, {{1}}};
        Path file = new LegacyH5().layer("x").layer("attention", "attention/query/kernel:0", projection,
                "attention/query/bias:0", new float[1][1], "attention/key/kernel:0", projection, "attention/key/bias:0",
                new float[1][1], "attention/value/kernel:0", projection, "attention/value/bias:0", new float[1][1],
                "attention/attention_output/kernel:0", new float[][][] {{{1, 2}}}, "attention/attention_output/bias:0",
                new float[2])
                .layer("norm", "norm/gamma:0", ones, "norm/beta:0", ones, "norm/moving_mean:0", new float[2],
                        "norm/moving_variance:0", ones)
                .model(folder.resolve("tf.h5"), "2.11.0", """
                        {"class_name": "Functional", "config": {"name": "model", "layers": [
                        {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], "config": {"name": "x", "sparse": false,
                        "ragged": false, "dtype": "float32", "batch_input_shape": [null, 3, 2]}},
                        {"class_name": "MultiHeadAttention", "name": "attention", "inbound_nodes": [[["x", 0, 0, {"value": ["x",
                        0, 0], "use_causal_mask": true}]]], "config": {"name": "attention", "trainable": true, "dtype":
                        {"class_name": "Policy", "config": {"name": "mixed_float16"}}, "num_heads": 1, "key_dim": 1,
                        "value_dim": 1, "dropout": 0.0, "use_bias": true, "output_shape": null, "attention_axes": [1],
                        "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}, "bias_initializer":
                        {"class_name": "Zeros", "config": {}}, "kernel_regularizer": null, "bias_regularizer": null,
                        "activity_regularizer": null, "kernel_constraint": null, "bias_constraint": null, "query_shape":
                        [null, 3, 2], "key_shape": [null, 3, 2], "value_shape": [null, 3, 2]}},
                        {"class_name": "BatchNormalization", "name": "norm", "inbound_nodes": [[["attention", 0, 0, {}]]],
                        "config": {"name": "norm", "trainable": true, "dtype": "float32", "axis": [2], "momentum": 0.99,
                        "epsilon": 0.0, "center": true, "scale": true}}],
                        "input_layers": [["x", 0, 0]], "output_layers": [["norm", 0, 0]]}}""");
        try (Imported imported = Imported.read(file)) {
            float[] y = imported.model().predict(new float[][][] {{{1, 1}, {2, 2}, {3, 3}}}).toArray();
            assertEquals(3f, y[0], "the first step sees itself alone: 2, and 1 from beta");
            assertEquals(5f, y[1]);
            assertTrue(imported.report().toString().contains("mixed_float16"), imported.report().toString());
        }
    }

    @Test
    void aStreamIsReadAsWell() throws IOException {
        Path file = keras1("LSTM", "icfo", "ifco");
        try (InputStream in = Files.newInputStream(file); Model model = Model.load(in)) {
            assertArrayEquals(beside(4, INPUTS, 0), model.weight("rnn/kernel").get().toArray());
        }
    }
}
