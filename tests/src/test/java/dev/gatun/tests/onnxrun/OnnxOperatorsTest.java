package dev.gatun.tests.onnxrun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.layers.model.ModelSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Operators one by one, in several versions and with their attributes, against what ONNX Runtime 1.30 gave for them. The numbers
 * were made for this test, from a seed, each case a graph of one node.
 */
final class OnnxOperatorsTest {

    private static final int OPERATORS = 605;
    private static final int MORE = 275;
    private static final int GRAPHS = 86;

    @TestFactory
    Stream<DynamicTest> operatorsGiveWhatOnnxRuntimeGives() throws IOException {
        return tests("/onnx/operators.json", OPERATORS);
    }

    /** What was wrong or missing once: resizing, attention, spectra, whole numbers, nothing along an axis. */
    @TestFactory
    Stream<DynamicTest> moreOperatorsGiveWhatOnnxRuntimeGives() throws IOException {
        return tests("/onnx/operators-more.json", MORE);
    }

    /** Recurrent nodes, and graphs within nodes. */
    @TestFactory
    Stream<DynamicTest> graphsGiveWhatOnnxRuntimeGives() throws IOException {
        return tests("/onnx/graphs.json", GRAPHS);
    }

    private static Stream<DynamicTest> tests(String resource, int count) throws IOException {
        JsonNode cases = cases(resource);
        assertEquals(count, cases.size());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> check(one)));
    }

    static JsonNode cases(String resource) throws IOException {
        try (InputStream file = OnnxOperatorsTest.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(file).get("cases");
        }
    }

    private static void check(JsonNode one) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(one.get("model").asText());
        OnnxRunner runner = OnnxRunner.open(ModelSource.of(new ByteArrayInputStream(bytes)));
        Map<String, OnnxArray> made = runner.run(OnnxNumbers.all(one.get("inputs")));
        Map<String, OnnxArray> expected = OnnxNumbers.all(one.get("outputs"));
        assertEquals(expected.keySet(), made.keySet());
        expected.forEach((name, numbers) -> {
            double error = OnnxNumbers.error(name, made.get(name), numbers);
            assertTrue(error <= limit(numbers.type()), name + ": error " + error + ", got "
                    + Arrays.toString(made.get(name).toDoubles()) + ", expected "
                    + Arrays.toString(numbers.toDoubles()));
        });
    }

    private static double limit(NumberType type) {
        return switch (type) {
            case FLOAT32 -> 2e-6;
            case FLOAT64 -> 1e-12;
            case FLOAT16 -> 1e-3;
            default -> 0;
        };
    }
}
