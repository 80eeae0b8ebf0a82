package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.formats.keras.legacy.LegacyKerasFormat;
import dev.gatun.formats.weights.NamedWeights;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms in which Keras 3 writes a model besides the usual archive, and what calls, outputs and policies may look like in each. */
final class KerasFormsTest {

    private static final String INPUT = """
            {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 2], "dtype": "float32",
             "name": "%1$s"}, "name": "%1$s", "inbound_nodes": []}""";
    private static final Tensor X = Tensor.of(EnginePass.uniform(2 * 4 * 3, 1, 7), 2, 4, 3);

    @TempDir
    Path folder;

    private static String tensor(String layer) {
        return "{\"class_name\": \"__keras_tensor__\", \"config\": {\"keras_history\": [\"%s\", 0, 0]}}"
                .formatted(layer);
    }

    /** {@code inner} gives a - b; the model calls it with its own inputs and gives the result and its first input. */
    private static String nested(String innerInputs, String arguments, String outputs) {
        String subtract = """
                {"module": "keras.layers", "class_name": "Subtract", "config": {"name": "minus"}, "name": "minus",
                 "inbound_nodes": [{"args": [[%s, %s]], "kwargs": {}}]}""".formatted(tensor("a"), tensor("b"));
        String inner = """
                {"module": "keras", "class_name": "Functional", "registered_name": "Functional", "name": "inner", "config":
                 {"name": "inner", "layers": [%s, %s, %s], "input_layers": %s, "output_layers": ["minus", 0, 0]},
                 "inbound_nodes": [{"args": [%s], "kwargs": {"mask": [null, null]}}]}""".formatted(INPUT.formatted("a"),
                INPUT.formatted("b"), subtract, innerInputs, arguments);
        return """
                {"module": "keras", "class_name": "Functional", "config": {"name": "outer", "layers": [%s, %s, %s],
                 "input_layers": [["x", 0, 0], ["y", 0, 0]], "output_layers": %s}}""".formatted(INPUT.formatted("x"),
                INPUT.formatted("y"), inner, outputs);
    }

    /** By names that sort otherwise than the inputs of the model stand, and by such that are the inputs' own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[[\"a\", 0, 0], [\"b\", 0, 0]] | [%x, %y] | [[\"inner\", 1, 0], [\"x\", 0, 0]]",
        "[[\"b\", 0, 0], [\"a\", 0, 0]] | [%y, %x] | [[\"inner\", 1, 0], [\"x\", 0, 0]]",
        "[[\"b\", 0, 0], [\"a\", 0, 0]] | {\"a\": %x, \"b\": %y} | [[\"inner\", 1, 0], [\"x\", 0, 0]]",
        "{\"p\": [\"b\", 0, 0], \"q\": [\"a\", 0, 0]} | {\"q\": %x, \"p\": %y} | [[\"inner\", 1, 0], [\"x\", 0, 0]]",
        "{\"p\": [\"b\", 0, 0], \"q\": [\"a\", 0, 0]} | [{\"q\": %x, \"p\": %y}] | [[\"inner\", 1, 0], [\"x\", 0, 0]]",
        "[[\"a\", 0, 0], [\"b\", 0, 0]] | [%x, %y] | {\"w\": {\"s\": [\"x\", 0, 0]}, \"v\": [[\"inner\", 1, 0]]}"})
    void valuesUnderNamesAreReadInTheirOrder(String innerInputs, String arguments, String outputs) {
        String json = nested(innerInputs, arguments.replace("%x", tensor("x")).replace("%y", tensor("y")), outputs);
        try (Model model = KerasConfig.model(json, 3)) {
            List<Tensor> y = model.predict(List.of(Tensor.of(new float[] {5, 7}, 1, 2), Tensor.of(new float[] {1, 2}, 1,
                    2)));
            assertArrayEquals(new float[] {4, 5}, y.get(0).toArray());
            assertArrayEquals(new float[] {5, 7}, y.get(1).toArray());
        }
    }

    /** HDF5 files of the old layout have no modules: an operation is what has not what each layer has. */
    @Test
    void operationsWithoutModules() {
        String json = """
                {"class_name": "Functional", "config": {"name": "f", "layers": [%s,
                 {"class_name": "Multiply", "name": "times", "config": {"name": "times"},
                  "inbound_nodes": [{"args": [%s, 3.0], "kwargs": {}}]},
                 {"class_name": "Multiply", "name": "both", "config": {"name": "both", "trainable": true, "dtype": "float32"},
                  "inbound_nodes": [{"args": [[%s, %s]], "kwargs": {}}]}],
                 "input_layers": [["x", 0, 0]], "output_layers": [["both", 0, 0]]}}""".formatted(INPUT.formatted("x"),
                tensor("x"), tensor("times"), tensor("x"));
        try (Model model = KerasConfig.model(json, 3)) {
            assertArrayEquals(new float[] {12, 75}, model.predict(Tensor.of(new float[] {2, 5}, 1, 2)).toArray());
        }
    }

    private static String dense(String dtype) {
        return """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [%s, {"module": "keras.layers",
                 "class_name": "Dense", "config": {"name": "out", "units": 1, "dtype": %s}}]}}""".formatted(
                INPUT.formatted("x"), dtype);
    }

    private static String policy(String kind, String config) {
        return "{\"module\": \"keras\", \"class_name\": \"%s\", \"config\": {%s}}".formatted(kind, config);
    }

    @Test
    void policiesForEachLayerWithin() {
        String half = policy("DTypePolicy", "\"name\": \"float16\"");
        String map = "\"default_policy\": null, \"policy_map\": {\"a/b\": %s}";
        KerasConfig.model(dense(policy("DTypePolicyMap", map.formatted(half))), 3).close();
        String quantized = policy("QuantizedDTypePolicy", "\"mode\": \"int8\", \"source_name\": \"float32\"");
        for (String dtype : List.of(quantized, policy("DTypePolicyMap", map.formatted(quantized)),
                "\"int8_from_float32\"")) {
            String said = assertThrows(IllegalArgumentException.class, () -> KerasConfig.model(dense(dtype), 3))
                    .getMessage();
            assertTrue(said.startsWith("Layer 'out' (Dense) has a dtype that is quantized to int8"), said);
            assertTrue(said.contains("before model.quantize"), said);
        }
    }

    /** Of one's own only the name is the same. */
    @Test
    void classesWithTwoNames() {
        String json = """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [%s, {"class_name": "%s", "module": "%s",
                 "registered_name": %s, "config": {"name": "n"}}]}}""";
        String input = INPUT.formatted("x");
        for (int major : new int[] {2, 3}) {
            KerasConfig.model(json.formatted(input, "BatchNormalizationV1", "keras.layers", "null"), major).close();
        }
        String said = assertThrows(IllegalArgumentException.class, () -> KerasConfig.model(
                json.formatted(input, "UnifiedLSTM", "mine", "\"Mine>UnifiedLSTM\""), 3)).getMessage();
        assertTrue(said.contains("'n' (UnifiedLSTM)"), said);
    }

    /** 3 / 2 of a b is added; a bias of the same name in front of it stays what it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLoraLearnedIsAdded(boolean isSaid) throws IOException {
        String lora = isSaid ? ", \"lora_rank\": 2, \"lora_alpha\": 3" : "";
        Path file = new LegacyH5().layer("d", "s/d/bias", new float[] {7, 8}, "s/d/lora_kernel_a",
                new float[][] {{1, 2}, {3, 4}, {5, 6}}, "s/d/lora_kernel_b", new float[][] {{1, 10}, {100, 1000}},
                "s/d/kernel", new float[][] {{0, 1}, {2, 3}, {4, 5}})
                .model(folder.resolve("lora.h5"), "3.15.1", """
                        {"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "InputLayer",
                        "config": {"name": "in", "batch_shape": [null, 3]}}, {"class_name": "Dense", "config":
                        {"name": "d", "units": 2%s}}]}}""".formatted(lora));
        float factor = isSaid ? 1.5f : 1;
        try (Imported imported = Imported.read(file)) {
            assertArrayEquals(new float[] {201 * factor, 1 + 2010 * factor, 2 + 403 * factor, 3 + 4030 * factor,
                4 + 605 * factor, 5 + 6050 * factor}, imported.model().weight("d/kernel").get().toArray());
            assertArrayEquals(new float[] {7, 8}, imported.model().weight("d/bias").get().toArray());
            assertTrue(imported.report().notes().stream().anyMatch(note -> note.contains("LoRA")));
        }
    }

    private static Model model() {
        Model model = Sequential.of(Input.shape(4, 3), Lstm.units(5).returnSequences(), Gru.units(4), Dense.units(2));
        for (Weight weight : model.weights()) {
            float[] numbers = EnginePass.uniform((int) weight.shape().elements(), 5, weight.name().hashCode());
            weight.set(Tensor.of(numbers, weight.shape().toArray()));
        }
        return model;
    }

    private Path unpacked(Model model) throws IOException {
        Path archive = folder.resolve("model.keras");
        model.save(archive);
        Path target = Files.createDirectory(folder.resolve("unpacked"));
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            for (String entry : List.of("metadata.json", "config.json", "model.weights.h5")) {
                Files.copy(zip.getPath(entry), target.resolve(entry));
            }
        }
        return target;
    }

    @Test
    void aFolderIsReadAsAnArchiveIs() throws IOException {
        try (Model model = model()) {
            Path unpacked = unpacked(model);
            try (Model again = Model.load(unpacked)) {
                Bits.same(again.predict(X).toArray(), model.predict(X).toArray(), "of the folder");
            }
            Files.delete(unpacked.resolve("model.weights.h5"));
            String said = assertThrows(FormatException.class, () -> Model.load(unpacked)).getMessage();
            assertTrue(said.contains("has no model.weights.h5"), said);
        }
    }

    @Test
    void configurationAndWeightsInTwoFiles() throws IOException {
        try (Model model = model()) {
            Path json = unpacked(model).resolve("config.json");
            Path weights = folder.resolve("model.weights.h5");
            KerasWeightsFile.save(model, weights);
            for (Path shards : List.of(weights, shards(model))) {
                try (Imported again = LegacyKerasFormat.of(json, shards);
                        Model drawn = model()) {
                    Bits.same(again.model().predict(X).toArray(), model.predict(X).toArray(), shards.toString());
                    drawn.initialize(3);
                    KerasWeightsFile.load(drawn, shards);
                    Bits.same(drawn.predict(X).toArray(), model.predict(X).toArray(), shards.toString());
                    drawn.initialize(3);
                    NamedWeights.of(shards).into(drawn);
                    Bits.same(drawn.predict(X).toArray(), model.predict(X).toArray(), shards.toString());
                }
            }
        }
    }

    /** A recurrent layer's arrays lie in two files. */
    private Path shards(Model model) throws IOException {
        try (WritableHdfFile first = HdfFile.write(folder.resolve("w_00000.weights.h5"));
                WritableHdfFile second = HdfFile.write(folder.resolve("w_00001.weights.h5"))) {
            WritableGroup here = first.putGroup("layers").putGroup("lstm").putGroup("cell").putGroup("vars");
            here.putDataset("0", model.weight("lstm/kernel").get().toArray2());
            WritableGroup there = second.putGroup("layers");
            WritableGroup lstm = there.putGroup("lstm").putGroup("cell").putGroup("vars");
            lstm.putDataset("1", model.weight("lstm/recurrent_kernel").get().toArray2());
            lstm.putDataset("2", model.weight("lstm/bias").get().toArray());
            WritableGroup gru = there.putGroup("gru").putGroup("cell").putGroup("vars");
            gru.putDataset("0", model.weight("gru/kernel").get().toArray2());
            gru.putDataset("1", model.weight("gru/recurrent_kernel").get().toArray2());
            gru.putDataset("2", model.weight("gru/bias").get().toArray2());
            WritableGroup dense = there.putGroup("dense").putGroup("vars");
            dense.putDataset("0", model.weight("dense/kernel").get().toArray2());
            dense.putDataset("1", model.weight("dense/bias").get().toArray());
        }
        return list("w_00000.weights.h5\", \"w_00001.weights.h5");
    }

    private Path list(String files) throws IOException {
        return Files.writeString(folder.resolve("w.weights.json"), """
                {"metadata": {"total_size": 1.0}, "weight_map": {"/layers/lstm/cell/vars": ["%s"],
                "/layers/gru/cell/vars": ["%s"]}}""".formatted(files, files));
    }

    @Test
    void listsOfFilesLeadNowhereElse() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        try (Model model = model()) {
            KerasWeightsFile.save(model, outside.resolve("w.weights.h5"));
            Files.createSymbolicLink(inside.resolve("link.weights.h5"), outside.resolve("w.weights.h5"));
            for (String name : List.of("../outside/w.weights.h5", "link.weights.h5", "gone.weights.h5")) {
                Path list = Files.move(list(name), inside.resolve("w.weights.json"),
                        StandardCopyOption.REPLACE_EXISTING);
                String said = assertThrows(FormatException.class, () -> KerasWeightsFile.load(model, list))
                        .getMessage();
                assertTrue(said.contains(name) && said.contains("beside it"), said);
            }
            Path list = folder.resolve("w.weights.json");
            Files.write(list, "{\"weight_map\": {\"/a\": \"\u00ff\"}}".getBytes(StandardCharsets.ISO_8859_1));
            String said = assertThrows(FormatException.class, () -> KerasWeightsFile.load(model, list)).getMessage();
            assertTrue(said.contains("UTF-8"), said);
            Files.writeString(list, "{\"weight_map\": {\"/layers/lstm/cell/vars\": \"w\"}}");
            said = assertThrows(IOException.class, () -> Model.load(list)).getMessage();
            assertTrue(said.contains("list of Keras's files of weights without the model"), said);
        }
    }

    /** Written by Keras 3.15: two bytes without a meaning, and no attribute that says what they are. */
    @Test
    void bfloat16OfTheOldLayout() throws IOException {
        Path file = folder.resolve("bfloat16.h5");
        try (InputStream in = KerasFormsTest.class.getResourceAsStream("/keras/bfloat16.h5")) {
            Files.copy(in, file);
        }
        try (Imported imported = Imported.read(file)) {
            assertArrayEquals(new float[] {1, -2.5f, 0.375f, 1024},
                    imported.model().weight("d/kernel").get().toArray());
            assertArrayEquals(new float[] {3, -0.015625f}, imported.model().weight("d/bias").get().toArray());
            assertTrue(imported.report().notes()
                    .contains("its weights of bfloat16 are read as float32, which holds them exactly"));
        }
    }

    private Path copied(String... names) throws IOException {
        for (String name : names) {
            try (InputStream in = KerasFormsTest.class.getResourceAsStream("/keras/" + name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
        return folder.resolve(names[0]);
    }

    /** Written by Keras 3.15; the second layer lies in both files. A list may begin with the mark of UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void bfloat16InSeveralFiles(String mark) throws IOException {
        Path list = copied("bfloat16.weights.json", "bfloat16_00000.weights.h5", "bfloat16_00001.weights.h5");
        Files.writeString(list, mark + Files.readString(list));
        try (Model model = Sequential.of(Input.shape(2), Dense.units(2).named("a"), Dense.units(2).named("b"))) {
            for (int way = 0; way < 2; way++) {
                model.initialize(3);
                if (way == 0) {
                    KerasWeightsFile.load(model, list);
                } else {
                    NamedWeights.of(list).rename("dense/", "a/").rename("dense_1/", "b/").into(model);
                }
                assertArrayEquals(new float[] {1, -2.5f, 0.375f, 1024}, model.weight("a/kernel").get().toArray());
                assertArrayEquals(new float[] {3, -0.015625f}, model.weight("a/bias").get().toArray());
                assertArrayEquals(new float[] {2, -4, 0.5f, 8}, model.weight("b/kernel").get().toArray());
                assertArrayEquals(new float[] {-1, 0.25f}, model.weight("b/bias").get().toArray());
            }
        }
    }

    /** One damaged file among several is not taken for one with types that jHDF cannot read. */
    @Test
    void aDamagedFileOfSeveral() throws IOException {
        Path list = copied("bfloat16.weights.json", "bfloat16_00000.weights.h5", "bfloat16_00001.weights.h5");
        Path second = folder.resolve("bfloat16_00001.weights.h5");
        byte[] bytes = Files.readAllBytes(second);
        try (Model model = Sequential.of(Input.shape(2), Dense.units(2), Dense.units(2))) {
            for (int length : new int[] {0, 64, 1024, bytes.length - 1024}) {
                Files.write(second, Arrays.copyOf(bytes, length));
                String said = assertThrows(FormatException.class, () -> KerasWeightsFile.load(model, list))
                        .getMessage();
                assertTrue(said.contains("damaged or not HDF5"), said);
            }
        }
    }
}
