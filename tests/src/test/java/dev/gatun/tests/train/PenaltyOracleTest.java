package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Regularizer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Regularizers and constraints by Keras, read from their forms in files. */
final class PenaltyOracleTest {

    private static final String FILE = "oracles/train3/regularizers_constraints.json";
    private static final double TOLERANCE = 1e-5;

    private static Stream<JsonNode> cases(String list) {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        JsonNode all = JsonArrays.shared(FILE).orElseThrow().get(list);
        assertTrue(all.size() > 3, FILE);
        return StreamSupport.stream(all.spliterator(), false);
    }

    private static String name(JsonNode one, String kind) {
        return one.get(kind).asText() + " " + one.get("config") + " " + one.get("w").get("shape");
    }

    /** A layer with it, as a Keras file holds one. */
    private static Dense dense(String option, String kind, String config) {
        String form = kind.startsWith("get(")
                ? "\"" + kind.substring(5, kind.length() - 2) + "\""
                : "{\"module\": \"keras.x\", \"class_name\": \"" + kind + "\", \"config\": " + config
                        + ", \"registered_name\": null}";
        String json = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"InputLayer\","
                + "\"config\": {\"batch_shape\": [null, 3], \"name\": \"in\"}}, {\"class_name\": \"Dense\", \"config\":"
                + "{\"name\": \"out\", \"units\": 1, \"" + option + "\": " + form + "}}]}}";
        return (Dense) KerasConfig.nodes(json, 3, layer -> layer).layers().get("out");
    }

    private static Tensor tensor(FixtureTensor from) {
        double[] values = from.values();
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, Arrays.stream(from.shape()).asLongStream().toArray());
    }

    private static void assertNear(JsonNode expected, Tensor got) {
        double[] want = JsonArrays.shaped(expected).values();
        float[] have = got.toArray();
        assertEquals(want.length, have.length);
        for (int i = 0; i < want.length; i++) {
            assertEquals(want[i], have[i], TOLERANCE, "element " + i);
        }
    }

    @TestFactory
    Stream<DynamicTest> regularizers() {
        return cases("regularizers").map(one -> DynamicTest.dynamicTest(name(one, "regularizer"), () -> {
            String kind = one.get("regularizer").asText();
            // Without separators Keras knows this name too; in a file it stands with them.
            String known = kind.equals("get('l1l2')") ? "get('l1_l2')" : kind;
            Regularizer regularizer = dense("kernel_regularizer", known, one.get("config").toString())
                    .kernelRegularizer();
            Tensor weight = tensor(JsonArrays.shaped(one.get("w")));
            assertEquals(one.get("value").asDouble(), regularizer.penalty(weight), TOLERANCE);
            if (one.has("grad")) {
                Tensor gradient = Tensor.zeros(weight.shape().toArray());
                regularizer.addGradient(weight, 1, gradient);
                assertNear(one.get("grad"), gradient);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> constraints() {
        return cases("constraints").map(one -> DynamicTest.dynamicTest(name(one, "constraint"), () -> {
            Constraint constraint = dense("kernel_constraint", one.get("constraint").asText(),
                    one.get("config").toString()).kernelConstraint();
            Tensor weight = tensor(JsonArrays.shaped(one.get("w")));
            constraint.apply(weight);
            assertNear(one.get("result"), weight);
        }));
    }
}
