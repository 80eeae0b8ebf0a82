package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** {@code shared/keras3}: models that Keras 3 wrote, with inputs and what it predicted. */
final class KerasFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LIMIT = 1e-5;
    /** Values that grow to 4e35, of which Keras's own float32 result is 4.5e-5 away from the same in double. */
    private static final double GROWING_LIMIT = 1e-4;

    private KerasFiles() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        Shared.find("keras3").ifPresent(folder -> {
            for (Path file : files(folder, ".keras")) {
                String name = file.getFileName().toString().replace(".keras", "");
                String whyNot = whyNot(file);
                cases.add(whyNot == null
                        ? Case.of(name, () -> check(file, name, worst))
                        : Case.missing(name, whyNot));
            }
        });
        return cases;
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whyNot(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode config = JSON.readTree(zip.getInputStream(zip.getEntry("config.json")));
            Set<String> missing = new TreeSet<>();
            for (JsonNode layer : config.at("/config/layers")) {
                if (!layer.path("module").asText().startsWith("keras.src.ops")) { // Mask arithmetic is no layer.
                    missing.add(layer.get("class_name").asText());
                }
            }
            missing.removeAll(BuiltInTypes.ALL.kinds());
            return missing.isEmpty() ? null : "layers " + missing;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void check(Path file, String name, Worst worst) throws IOException {
        JsonNode numbers = JsonArrays.read(file.resolveSibling(name + ".json"));
        try (Model model = Model.load(file)) {
            if (numbers.has("in_" + model.inputNames().size())) {
                CallAfterCall.check(model, numbers, name, LIMIT, worst);
                return;
            }
            List<Tensor> inputs = new ArrayList<>();
            for (int i = 0; i < model.inputNames().size(); i++) {
                inputs.add(Parity.tensor(JsonArrays.shaped(numbers.get("in_" + i))));
            }
            List<Tensor> outputs = model.predict(inputs);
            assertNull(numbers.get("out_" + outputs.size()), "one more output is expected");
            for (int i = 0; i < outputs.size(); i++) {
                FixtureTensor expected = JsonArrays.shaped(numbers.get("out_" + i));
                assertEquals(Parity.tensor(expected).shape(), outputs.get(i).shape());
                worst.within("Keras's files", name.equals("lstm_act_linear_linear") ? GROWING_LIMIT : LIMIT,
                        name + "/out_" + i, outputs.get(i).toArray(), expected.values());
            }
        }
    }
}
