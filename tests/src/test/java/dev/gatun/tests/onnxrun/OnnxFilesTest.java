package dev.gatun.tests.onnxrun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxPort;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** ONNX files of {@code ../shared} through the runner, each by its name, none left out. */
final class OnnxFilesTest {

    private static final double LIMIT = 1e-5;

    /** {@code oracles/onnx2}: made files with what ONNX Runtime gave; those to be refused are refused when they are opened. */
    @TestFactory
    Stream<DynamicTest> oracles() {
        Optional<JsonNode> index = JsonArrays.shared("oracles/onnx2/index.json");
        Assumptions.assumeTrue(index.isPresent(), Shared.ABSENT);
        return index.get().get("cases").properties().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> oracle(one.getKey(), one.getValue())));
    }

    private static void oracle(String name, JsonNode entry) throws IOException {
        Path file = Shared.find("oracles/onnx2/" + name + ".onnx").orElseThrow();
        if (!entry.get("expect").asText().equals("run")) {
            String told = Assertions.assertThrows(FormatException.class, () -> OnnxRunner.open(file)).getMessage();
            assertTrue(told.contains(reason(name)), told);
            return;
        }
        JsonNode numbers = JsonArrays.read(Shared.find("oracles/onnx2/" + name + ".json").orElseThrow());
        OnnxRunner runner = OnnxRunner.open(file);
        compare(name, runner.run(OnnxNumbers.all(numbers.get("inputs"))), OnnxNumbers.all(numbers.get("outputs")),
                entry.path("tolerance").asDouble(LIMIT));
    }

    /** What a refusal names. */
    private static String reason(String name) {
        return switch (name) {
            case "refuse_cycle" -> "cycle";
            case "refuse_external_data_path" -> "inside the model's folder";
            case "refuse_missing_input" -> "'nowhere'";
            case "refuse_torch_dynamo_proj" -> "LSTM 'node_lstm__2'";
            case "refuse_truncated" -> "not a whole ONNX file";
            case "refuse_unknown_domain" -> "com.example.LSTM 'Y'";
            case "refuse_unknown_op" -> "LSTMX 'Y'";
            default -> name;
        };
    }

    private static void compare(
            String name, Map<String, OnnxArray> made, Map<String, OnnxArray> expected, double limit) {
        expected.forEach((output, numbers) -> {
            double error = OnnxNumbers.error(name + " " + output, made.get(output), numbers);
            assertTrue(error <= limit, name + " " + output + ": error " + error + ", limit " + limit);
        });
        assertEquals(expected.size(), made.size());
    }

    /** {@code wild}: files that others published; the quantised one is refused by the names of its operators. */
    @TestFactory
    Stream<DynamicTest> wildFiles() throws IOException {
        return files("wild").map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> wild(file)));
    }

    private static Stream<Path> files(String folder) throws IOException {
        Optional<Path> found = Shared.find(folder);
        Assumptions.assumeTrue(found.isPresent(), Shared.ABSENT);
        try (Stream<Path> files = Files.list(found.get())) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream();
        }
    }

    private static void wild(Path file) throws IOException {
        if (file.toString().contains("qlstm")) {
            String told = Assertions.assertThrows(FormatException.class, () -> OnnxRunner.open(file)).getMessage();
            assertTrue(told.contains("QuantizeLinear") && told.contains(" others (no such operator here)"), told);
            return;
        }
        Map<String, FixtureTensor> numbers = SafetensorsReader
                .read(file.resolveSibling(file.getFileName() + ".expected.safetensors"));
        OnnxRunner runner = OnnxRunner.open(file);
        Map<String, OnnxArray> given = new LinkedHashMap<>();
        for (OnnxPort input : runner.inputs()) {
            FixtureTensor tensor = numbers.get("in_" + input.name());
            if (tensor != null) {
                given.put(input.name(), OnnxNumbers.array(tensor, input.type().orElseThrow()));
            }
        }
        Map<String, OnnxArray> expected = new LinkedHashMap<>();
        for (OnnxPort output : runner.outputs()) {
            expected.put(output.name(),
                    OnnxNumbers.array(numbers.get("out_" + output.name()), output.type().orElseThrow()));
        }
        compare(file.getFileName().toString(), runner.run(given), expected, LIMIT);
        assertEquals(numbers.size(), given.size() + expected.size());
    }

    /** {@code fixtures/files}: LSTMs of PyTorch, written by hand and by its exporter. */
    @TestFactory
    Stream<DynamicTest> fixtures() throws IOException {
        return files("fixtures/files")
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> fixture(file)));
    }

    private static void fixture(Path file) throws IOException {
        String name = "fixtures/f_" + file.getFileName().toString().replace("_torchexport", "").replace(".onnx", "");
        Map<String, FixtureTensor> numbers = SafetensorsReader
                .read(Shared.find(name + ".safetensors").orElseThrow());
        Map<String, OnnxArray> given = new LinkedHashMap<>();
        for (String input : new String[] {"x", "h0", "c0"}) {
            given.put(input, OnnxNumbers.array(numbers.get(input), NumberType.FLOAT32));
        }
        OnnxRunner runner = OnnxRunner.open(file);
        Map<String, OnnxArray> made = runner.run(given);
        String[] names = {"y", "h_n", "c_n"};
        assertEquals(names.length, made.size());
        for (int i = 0; i < names.length; i++) {
            OnnxArray expected = OnnxNumbers.array(numbers.get(names[i]), NumberType.FLOAT32);
            double error = OnnxNumbers.error(names[i], made.get(runner.outputs().get(i).name()), expected);
            assertTrue(error <= LIMIT, names[i] + ": error " + error);
        }
    }

    /** {@code onnx}: two tests of ONNX's own, whose numbers lie in messages beside them. */
    @TestFactory
    Stream<DynamicTest> ownTests() throws IOException {
        Optional<Path> folder = Shared.find("onnx");
        Assumptions.assumeTrue(folder.isPresent(), Shared.ABSENT);
        try (Stream<Path> tests = Files.list(folder.get())) {
            return tests.sorted().toList().stream()
                    .map(test -> DynamicTest.dynamicTest(test.getFileName().toString(), () -> ownTest(test)));
        }
    }

    private static void ownTest(Path folder) throws IOException {
        OnnxRunner runner = OnnxRunner.open(folder.resolve("model.onnx"));
        Path data = folder.resolve("test_data_set_0");
        Map<String, OnnxArray> given = new LinkedHashMap<>();
        for (OnnxPort input : runner.inputs()) {
            given.put(input.name(), TensorMessages.read(data.resolve("input_" + given.size() + ".pb")));
        }
        Map<String, OnnxArray> expected = Map.of(runner.outputs().getFirst().name(),
                TensorMessages.read(data.resolve("output_0.pb")));
        compare(folder.getFileName().toString(), runner.run(given), expected, LIMIT);
    }

    /** {@code cases}: ONNX Runtime's own tests of LSTM, as graphs of one node. */
    @TestFactory
    Stream<DynamicTest> casesOfOnnxRuntime() {
        Optional<JsonNode> cases = JsonArrays.shared("cases/ort_lstm_cases.json");
        Assumptions.assumeTrue(cases.isPresent(), Shared.ABSENT);
        return cases.get().get("cases").valueStream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> LstmCase.check(one)));
    }

    @Test
    void allOfThemAreThere() throws IOException {
        assertEquals(92,
                JsonArrays.shared("oracles/onnx2/index.json").map(index -> index.get("cases").size()).orElse(92));
        assertEquals(8, files("wild").count());
        assertEquals(4, files("fixtures/files").count());
    }
}
