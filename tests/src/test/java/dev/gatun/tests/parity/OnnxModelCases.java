package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.SafetensorsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** ONNX files of {@code shared} as models of layers, in ONNX's own order of axes; those that are none, by what they are refused for. */
final class OnnxModelCases {

    private static final String ORACLES = "oracles/onnx2";
    private static final double FLOAT32 = 1e-5;

    private OnnxModelCases() {}

    static List<Case> oracles(Worst worst) {
        List<Case> cases = new ArrayList<>();
        JsonArrays.shared(ORACLES + "/index.json").ifPresent(index -> index.get("cases").properties().forEach(entry -> {
            String name = entry.getKey();
            Path file = Shared.find(ORACLES + "/" + name + ".onnx").orElseThrow();
            String refused = OnnxRefusals.of(name);
            cases.add(Case.of(name, refused == null
                    ? () -> check(file, entry.getValue(), worst)
                    : () -> refuse(file, refused)));
        }));
        return cases;
    }

    static List<Case> wild(Worst worst) {
        List<Case> cases = new ArrayList<>();
        Shared.find("wild").ifPresent(folder -> files(folder).forEach(file -> {
            String name = file.getFileName().toString();
            String refused = OnnxRefusals.of(name);
            cases.add(Case.of(name, refused == null ? () -> checkWild(file, worst) : () -> refuse(file, refused)));
        }));
        return cases;
    }

    /** ONNX's own node tests, whose weights are inputs. */
    static List<Case> nodes() {
        List<Case> cases = new ArrayList<>();
        for (String name : List.of("test_lstm_defaults", "test_lstm_with_initial_bias")) {
            Shared.find("onnx/" + name + "/model.onnx")
                    .ifPresent(file -> cases.add(Case.of(name, () -> refuse(file, OnnxRefusals.of(name)))));
        }
        return cases;
    }

    /** PyTorch's LSTM as it was exported, and as it was written by hand. */
    static List<Case> fixtures(Worst worst) {
        List<Case> cases = new ArrayList<>();
        for (String model : List.of("torch_lstm_2layer", "torch_lstm_2layer_bi")) {
            for (String file : List.of(model, model + "_torchexport")) {
                Shared.find("fixtures/files/" + file + ".onnx").ifPresent(path -> cases.add(Case.of(file, () -> {
                    Map<String, FixtureTensor> all = SafetensorsReader
                            .read(Shared.find("fixtures/f_" + model + ".safetensors").orElseThrow());
                    check(path, named(all, "x", "h0", "c0"), named(all, "y", "h_n", "c_n"), FLOAT32, worst);
                })));
            }
        }
        return cases;
    }

    private static Map<String, FixtureTensor> named(Map<String, FixtureTensor> all, String... names) {
        Map<String, FixtureTensor> named = new LinkedHashMap<>();
        for (String name : names) {
            named.put(name, all.get(name));
        }
        return named;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void refuse(Path file, String reason) {
        FormatException told = assertThrows(FormatException.class, () -> OnnxFormat.of(file).close());
        assertTrue(told.getMessage().contains(reason), told.getMessage());
    }

    private static void check(Path file, JsonNode about, Worst worst) throws IOException {
        JsonNode numbers = JsonArrays
                .read(file.resolveSibling(file.getFileName().toString().replace(".onnx", ".json")));
        Map<String, FixtureTensor> inputs = new LinkedHashMap<>();
        numbers.get("inputs").properties()
                .forEach(input -> inputs.put(input.getKey(), JsonArrays.shaped(input.getValue())));
        Map<String, FixtureTensor> outputs = new LinkedHashMap<>();
        numbers.get("outputs").properties()
                .forEach(output -> outputs.put(output.getKey(), JsonArrays.shaped(output.getValue())));
        boolean isHalf = about.get("outputs").toString().contains("float16");
        check(file, inputs, outputs, isHalf ? 2e-2 : FLOAT32, worst);
    }

    private static void checkWild(Path file, Worst worst) throws IOException {
        Map<String, FixtureTensor> inputs = new LinkedHashMap<>();
        Map<String, FixtureTensor> outputs = new LinkedHashMap<>();
        SafetensorsReader.read(file.resolveSibling(file.getFileName() + ".expected.safetensors"))
                .forEach((name, tensor) -> {
                    (name.startsWith("in_") ? inputs : outputs).put(name.substring(name.indexOf('_') + 1), tensor);
                });
        check(file, inputs, outputs, FLOAT32, worst);
    }

    static void check(
            Path file, Map<String, FixtureTensor> inputs, Map<String, FixtureTensor> outputs, double limit, Worst worst)
            throws IOException {
        try (Imported read = OnnxFormat.of(file)) {
            Map<String, Tensor> given = new LinkedHashMap<>();
            inputs.forEach((name, tensor) -> given.put(name, Parity.tensor(tensor)));
            Map<String, Tensor> made = OnnxAxes.of(read.model()).orElseThrow().predict(read.model(), given);
            assertTrue(made.keySet().containsAll(outputs.keySet()), made.keySet() + " of " + outputs.keySet());
            for (Map.Entry<String, FixtureTensor> output : outputs.entrySet()) {
                Tensor got = made.get(output.getKey());
                assertArrayEquals(Arrays.stream(output.getValue().shape()).asLongStream().toArray(),
                        got.shape().toArray(), output.getKey());
                worst.within("models of ONNX graphs", limit, file.getFileName() + "/" + output.getKey(), got.toArray(),
                        output.getValue().values());
            }
        }
    }
}
