package dev.gatun.tests.goldens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against numbers kept in the repository: they check a clone that has nothing beside it. */
final class GoldensTest {

    private static final double OUTPUTS = 1e-5;
    private static final double GRADIENTS = 1e-4;
    /** Functions of doubles differ a little between machines. */
    private static final double REFERENCE = 1e-9;
    private static final Path FOLDER = Path.of("src", "test", "resources", "goldens");

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (Boolean.getBoolean("goldens.write")) {
            Goldens.write(FOLDER);
        }
    }

    static Set<String> names() {
        return Goldens.plans().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theEngineGivesTheseNumbers(String name) throws IOException {
        Map<String, Object> golden = read(name);
        try (Model model = ModelConfig.nodes(map(golden.get("model"))).model()) {
            model.weights().forEach(weight -> weight.set(
                    Tensor.of(floats(map(golden.get("weights")).get(weight.name())), weight.shape().toArray())));
            List<Tensor> inputs = list(golden.get("inputs")).stream().map(GoldensTest::tensor).toList();
            List<float[]> cotangents = list(golden.get("cotangents")).stream().map(GoldensTest::floats).toList();
            EnginePass pass = EnginePass.of(model, inputs, cotangents);
            for (int i = 0; i < pass.outputs().size(); i++) {
                Measure.within(OUTPUTS, "output " + i, pass.outputs().get(i),
                        doubles(list(golden.get("outputs")).get(i)));
            }
            for (int i = 0; i < inputs.size(); i++) {
                Measure.within(GRADIENTS, "gradient of input " + i, pass.inputs().get(i),
                        doubles(list(golden.get("input_gradients")).get(i)));
            }
            Map<String, Object> gradients = map(golden.get("weight_gradients"));
            assertEquals(gradients.keySet(), pass.weights().keySet());
            pass.weights().forEach((weight, gradient) -> Measure.within(GRADIENTS, "gradient of " + weight, gradient,
                    doubles(gradients.get(weight))));
        }
    }

    /** The reference has not moved since the numbers were written. */
    @ParameterizedTest
    @MethodSource("names")
    void theReferenceStillGivesThem(String name) throws IOException {
        Map<String, Object> golden = read(name);
        Map<String, Object> now = PlainJson.object(name, PlainJson.text(Goldens.golden(Goldens.plans().get(name))));
        for (String part : List.of("plan", "weights", "inputs", "cotangents")) {
            assertEquals(golden.get(part), now.get(part), part);
        }
        // The files have what calls read as lists, as was written then.
        assertEquals(ModelConfig.toMap(ModelConfig.nodes(map(golden.get("model"))).graph()), now.get("model"));
        for (String part : List.of("outputs", "weight_gradients", "input_gradients")) {
            Measure.within(REFERENCE, part, doubles(now.get(part)), doubles(golden.get(part)));
        }
    }

    private static Map<String, Object> read(String name) throws IOException {
        if (Boolean.getBoolean("goldens.write")) {
            return PlainJson.object(name, Files.readString(FOLDER.resolve(name + ".json")));
        }
        try (InputStream in = GoldensTest.class.getResourceAsStream("/goldens/" + name + ".json")) {
            return PlainJson.object(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Tensor tensor(Object input) {
        double[] shape = doubles(map(input).get("shape"));
        long[] dims = new long[shape.length];
        java.util.Arrays.setAll(dims, i -> (long) shape[i]);
        return Tensor.of(floats(map(input).get("values")), dims);
    }

    private static float[] floats(Object numbers) {
        double[] doubles = doubles(numbers);
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    /** All numbers below, in order. */
    private static double[] doubles(Object numbers) {
        return flat(numbers).mapToDouble(Number::doubleValue).toArray();
    }

    private static Stream<Number> flat(Object numbers) {
        return switch (numbers) {
            case Number number -> Stream.of(number);
            case List<?> list -> list.stream().flatMap(GoldensTest::flat);
            case Map<?, ?> map -> map.values().stream().flatMap(GoldensTest::flat);
            default -> throw new IllegalArgumentException("not numbers: " + numbers);
        };
    }

    private static List<Object> list(Object value) {
        return new ArrayList<>((List<?>) value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
