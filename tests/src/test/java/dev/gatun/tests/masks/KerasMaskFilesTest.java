package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files that Keras wrote of models with Masking or Embedding, as far as their other layers are there. */
final class KerasMaskFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LIMIT = 1e-5;

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("keras3", "oracles/keras3b")) {
            Shared.find(folder).ifPresent(found -> {
                try (Stream<Path> all = Files.list(found)) {
                    all.filter(file -> file.toString().endsWith(".keras")).sorted().forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return files;
    }

    /** Classes of layers, also within layers; none of what is no layer. */
    private static Set<String> classes(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> classes = new TreeSet<>();
            collect(JSON.readTree(zip.getInputStream(zip.getEntry("config.json"))).at("/config/layers"), classes);
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, Set<String> classes) {
        if (node.has("class_name") && (node.path("config").has("trainable") || node.has("inbound_nodes"))
                && !node.path("module").asText().startsWith("keras.src.ops")) {
            classes.add(node.get("class_name").asText());
        }
        node.forEach(each -> collect(each, classes));
    }

    private static boolean isCovered(Path file) {
        Set<String> classes = classes(file);
        boolean isMasked = classes.contains("Masking") || classes.contains("Embedding");
        return isMasked && classes.stream().allMatch(kind -> BuiltInTypes.ALL.knows(kind))
                && !JsonArrays.read(numbers(file)).has("in_1_reset") && !file.toString().contains("stateful");
    }

    private static Path numbers(Path file) {
        return file.resolveSibling(file.getFileName().toString().replace(".keras", ".json"));
    }

    @TestFactory
    Stream<DynamicTest> whatKerasPredictedIsPredicted() {
        return files().stream().filter(KerasMaskFilesTest::isCovered)
                .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        JsonNode numbers = JsonArrays.read(numbers(file));
        try (Model model = Model.load(file)) {
            List<Tensor> inputs = new ArrayList<>();
            for (int i = 0; i < model.inputNames().size(); i++) {
                inputs.add(tensor(numbers.get("in_" + i), model.graph().inputType(i) == ValueType.INT32));
            }
            List<Tensor> outputs = model.predict(inputs);
            for (int i = 0; i < outputs.size(); i++) {
                FixtureTensor expected = JsonArrays.shaped(numbers.get("out_" + i));
                assertEquals(Arrays.toString(expected.shape()), Arrays.toString(Arrays
                        .stream(outputs.get(i).shape().toArray()).mapToInt(size -> (int) size).toArray()));
                Measure.within(LIMIT, "output " + i, outputs.get(i).toArray(), expected.values());
            }
        }
    }

    /** What the file calls float32 is given as float32, ids too. */
    private static Tensor tensor(JsonNode numbers, boolean ids) {
        FixtureTensor tensor = JsonArrays.shaped(numbers);
        long[] dims = Arrays.stream(tensor.shape()).asLongStream().toArray();
        boolean isWhole = ids && numbers.path("dtype").asText().startsWith("int");
        return isWhole ? Tensor.ofInts(tensor.ints(), dims) : Tensor.of(tensor.floats(), dims);
    }

    @Test
    void thereAreFilesOfEveryKind() {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<String> names = files().stream().filter(KerasMaskFilesTest::isCovered)
                .map(file -> file.getFileName().toString()).toList();
        System.out.println("files of Keras with masks: " + names);
        assertTrue(names.containsAll(List.of("mask_lstm_seq1_back1.keras", "emb_float_ids.keras", "fn_encdec_emb.keras",
                "td_masked_dense_lstm.keras")), names.toString());
    }
}
