package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;

/** {@code shared/oracles/keras3b}: models of every layer that Keras 3.15 wrote, with inputs and what it predicted. */
final class OracleFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String FOLDER = "oracles/keras3b";
    private static final double FLOAT32 = 1e-5;

    private OracleFiles() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        JsonArrays.shared(FOLDER + "/index.json").ifPresent(index -> index.get("cases").properties().forEach(entry -> {
            Path file = Shared.find(FOLDER + "/" + entry.getKey() + ".keras").orElseThrow();
            String whyNot = whyNot(entry, file);
            cases.add(whyNot == null
                    ? Case.of(entry.getKey(), () -> check(file, entry, worst))
                    : Case.missing(entry.getKey(), whyNot));
        }));
        return cases;
    }

    private static String whyNot(Map.Entry<String, JsonNode> entry, Path file) {
        JsonNode config = config(file);
        Set<String> missing = new TreeSet<>();
        addLayers(config, missing);
        missing.removeAll(BuiltInTypes.ALL.kinds());
        if (entry.getValue().get("expect").asText().equals("refuse")) {
            return null;
        }
        return missing.isEmpty() ? null : "layers " + missing;
    }

    /** The classes of all layers, those within others too. */
    static void addLayers(JsonNode config, Set<String> classes) {
        String module = config.path("module").asText();
        if (module.startsWith("keras.layers") || module.startsWith("keras.src.layers")) {
            classes.add(config.get("class_name").asText());
        }
        config.forEach(part -> addLayers(part, classes));
    }

    static JsonNode config(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return JSON.readTree(zip.getInputStream(zip.getEntry("config.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Path file, Map.Entry<String, JsonNode> entry, Worst worst) throws IOException {
        if (entry.getValue().get("expect").asText().equals("refuse")) {
            checkRefusal(file);
            return;
        }
        try (Model model = Model.load(file)) {
            checkNumbers(model, file, entry, worst);
        }
    }

    /** The message names each layer that holds code of the author's own, what is not known, and what would be. */
    private static void checkRefusal(Path file) {
        String said = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(said.startsWith(file + ": Layer"), said);
        assertTrue(said.contains("supported are ") || said.contains("there are "), "the fix: " + said);
        int foreign = 0;
        for (JsonNode layer : config(file).at("/config/layers")) {
            // A class is registered by its name, a function is its configuration.
            List<String> own = layer.findParents("registered_name").stream()
                    .map(part -> part.path("config").isTextual() ? part.get("config") : part.get("registered_name"))
                    .map(JsonNode::asText).filter(name -> name.contains(">")).toList();
            String kind = layer.get("class_name").asText();
            if (!own.isEmpty() || kind.equals("Lambda")) {
                foreign++;
                assertTrue(said.contains("'" + layer.at("/config/name").asText() + "' (" + kind + ")"), said);
                assertTrue(own.stream().allMatch(name -> said.contains(name.substring(name.indexOf('>') + 1))), said);
            }
        }
        assertTrue(foreign > 0, "nothing in " + file + " has to be refused");
    }

    /** A model of the file, however it was made, gives what Keras gave. */
    static void checkNumbers(Model model, Path file, Map.Entry<String, JsonNode> entry, Worst worst) {
        JsonNode numbers = JsonArrays.read(file.resolveSibling(entry.getKey() + ".json"));
        // Files of float64 are read into float32.
        double limit = Math.max(FLOAT32, entry.getValue().get("tolerance").asDouble());
        check(model, entry, numbers, limit, worst);
    }

    static void check(Model model, Map.Entry<String, JsonNode> entry, JsonNode numbers, double limit, Worst worst) {
        if (entry.getValue().get("kind").asText().equals("stateful")) {
            CallAfterCall.check(model, numbers, entry.getKey(), limit, worst);
            return;
        }
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < model.inputNames().size(); i++) {
            inputs.add(tensor(numbers.get("in_" + i)));
        }
        List<Tensor> outputs = model.predict(inputs);
        assertNull(numbers.get("out_" + outputs.size()), "one more output is expected");
        for (int i = 0; i < outputs.size(); i++) {
            FixtureTensor expected = JsonArrays.shaped(numbers.get("out_" + i));
            assertEquals(Parity.tensor(expected).shape(), outputs.get(i).shape());
            worst.within("Keras's oracles", limit, entry.getKey() + "/out_" + i, numbers(outputs.get(i)),
                    expected.values());
        }
    }

    private static float[] numbers(Tensor output) {
        if (output.type() == DataType.FLOAT32) {
            return output.toArray();
        }
        float[] numbers = new float[(int) output.shape().elements()];
        int[] whole = output.toIntArray();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = whole[i];
        }
        return numbers;
    }

    private static Tensor tensor(JsonNode json) {
        FixtureTensor given = JsonArrays.shaped(json);
        String type = json.get("dtype").asText();
        return type.startsWith("int") || type.equals("bool")
                ? Tensor.ofInts(ints(given), dims(given))
                : Parity.tensor(given);
    }

    private static int[] ints(FixtureTensor given) {
        double[] values = given.values();
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    private static long[] dims(FixtureTensor given) {
        long[] dims = new long[given.shape().length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = given.shape()[i];
        }
        return dims;
    }
}
