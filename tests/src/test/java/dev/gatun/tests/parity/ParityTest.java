package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The engine against every fixture whose layers it has, each by name; steps and curves of training are in
 * {@link TrainingParityTest}. Without {@code ../shared} there are none.
 */
final class ParityTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity");

    @TestFactory
    Stream<DynamicTest> outputsAndStatesOfEveryLayer() {
        return Stream.of("layers", "model_train").flatMap(kind -> Parity.of(kind).stream())
                .filter(fixture -> !Parity.inner(fixture).isEmpty())
                .map(fixture -> dynamicTest(fixture.name(), () -> {
                    try (Model model = Parity.open(fixture)) {
                        List<Tensor> results = model.predict(Parity.inputs(fixture), Parity.masks(fixture));
                        int own = results.size() - Parity.inner(fixture).size();
                        for (int i = own; i < results.size(); i++) {
                            String name = Parity.inner(fixture).get(i - own);
                            WORST.within("outputs and states", Worst.OUTPUTS, fixture.name() + " " + name,
                                    results.get(i).toArray(), fixture.values(name));
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> outputsLossAndGradients() {
        return Stream.of("layers", "model_train").flatMap(kind -> Parity.of(kind).stream())
                .map(fixture -> dynamicTest(fixture.name(), () -> checkPass(fixture)));
    }

    private static void checkPass(Fixture fixture) {
        try (Model model = Parity.model(fixture)) {
            List<Tensor> inputs = Parity.inputs(fixture);
            List<Tensor> outputs = model.predict(inputs, Parity.masks(fixture));
            double loss = 0;
            List<float[]> cotangents = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                float[] got = outputs.get(i).toArray();
                String name = fixture.outputs().get(i);
                within(fixture, "outputs and states", Worst.OUTPUTS, name, got);
                boolean trained = fixture.kind().equals("model_train");
                double[] given = fixture.values(trained ? "target" : "cot/" + name);
                float[] cotangent = new float[got.length];
                for (int k = 0; k < got.length; k++) {
                    loss += trained ? (got[k] - given[k]) * (got[k] - given[k]) / got.length : got[k] * given[k];
                    cotangent[k] = (float) (trained ? 2 * (got[k] - given[k]) / got.length : given[k]);
                }
                cotangents.add(cotangent);
            }
            WORST.within("losses", Worst.LOSSES, fixture.name() + " loss", new double[] {loss}, fixture.values("loss"));
            EnginePass pass = EnginePass.of(model, inputs, Parity.masks(fixture), cotangents);
            int checked = 0;
            for (String name : fixture.expected()) {
                if (name.startsWith("g/w/")) {
                    within(fixture, "gradients of weights", Worst.GRADIENTS, name,
                            pass.weights().get(name.substring(4)));
                    checked++;
                } else if (name.equals("g/x")) {
                    within(fixture, "gradients of inputs", Worst.GRADIENTS, name, pass.inputs().getFirst());
                    checked++;
                } else if (name.startsWith("ginit/")) {
                    String layer = name.substring(6, name.length() - 2);
                    float[] got = pass.states().get(layer).get(name.endsWith("/h") ? 0 : 1);
                    within(fixture, "gradients of initial states", Worst.GRADIENTS, name, got);
                    checked++;
                }
            }
            assertEquals(fixture.expected().stream().filter(name -> name.matches("(g|ginit)/.*")).count(), checked);
        }
    }

    private static void within(Fixture fixture, String group, double limit, String name, float[] got) {
        WORST.within(group, limit, fixture.name() + " " + name, got, fixture.values(name));
    }

    @TestFactory
    Stream<DynamicTest> firstBiases() {
        return Parity.tests("init", fixture -> {
            try (Model model = FixtureModels.nodes(fixture).model()) {
                for (String name : fixture.expected()) {
                    float[] got = model.weight(name.substring(2)).get().toArray();
                    WORST.within("first weights", 0, fixture.name() + " " + name, got, fixture.values(name));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> parameterCounts() {
        return Parity.tests("summary", fixture -> {
            try (Model model = FixtureModels.nodes(fixture).model()) {
                assertEquals(fixture.json().path("keras_total_params").asLong(), model.parameterCount());
                JsonNode counts = fixture.json().path("keras_param_counts");
                counts.fieldNames().forEachRemaining(layer -> assertEquals(counts.path(layer).asLong(),
                        model.weights().stream().filter(weight -> weight.layer().equals(layer))
                                .mapToLong(weight -> weight.shape().elements()).sum(),
                        layer));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatMustBeRefused() {
        return Parity.tests("invalid", fixture -> {
            String message = assertThrows(IllegalArgumentException.class, () -> FixtureModels.nodes(fixture).model())
                    .getMessage();
            for (String part : List.of("'lstm_1'", "64", "128", "Dense(128)", "equal units")) {
                assertTrue(message.contains(part), message);
            }
        });
    }
}
