package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Graphs that were made for this, as exporters write them and as they might, with what ONNX Runtime 1.30 gives: what the model
 * gives in the graph's order of axes, and that a {@code .gatun} file of it gives the same bits.
 */
final class OnnxMadeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Worst WORST = new Worst("parity");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> graphs() throws IOException, URISyntaxException {
        Path cases = Path.of(OnnxMadeTest.class.getResource("/onnx/mapping").toURI());
        try (Stream<Path> files = Files.list(cases)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file))).toList();
        }
    }

    private void check(Path file) throws IOException {
        JsonNode numbers = JSON.readTree(
                file.resolveSibling(file.getFileName().toString().replace(".onnx", ".json")).toFile());
        Map<String, FixtureTensor> inputs = read(numbers.get("inputs"));
        OnnxModelCases.check(file, inputs, read(numbers.get("outputs")), 1e-5, WORST);
        Map<String, Tensor> given = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> given.put(name, Parity.tensor(tensor)));
        Path saved = folder.resolve(file.getFileName() + ".gatun");
        try (Model model = OnnxFormat.of(file).model()) {
            model.save(saved);
            Map<String, Tensor> made = OnnxAxes.of(model).orElseThrow().predict(model, given);
            try (Model again = Model.load(saved)) {
                assertEquals(OnnxAxes.of(model), OnnxAxes.of(again));
                OnnxAxes.of(again).orElseThrow().predict(again, given)
                        .forEach((name, tensor) -> assertArrayEquals(made.get(name).toArray(), tensor.toArray(), name));
            }
        }
    }

    private static Map<String, FixtureTensor> read(JsonNode tensors) {
        Map<String, FixtureTensor> read = new LinkedHashMap<>();
        tensors.properties().forEach(entry -> read.put(entry.getKey(), JsonArrays.shaped(entry.getValue())));
        return read;
    }
}
