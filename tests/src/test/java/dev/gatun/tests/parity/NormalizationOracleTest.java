package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten steps of training by Keras 3.15.1 on TensorFlow (SGD 0.05, momentum 0.5, mean squared error, step s on batch s % 4) of models
 * with every normalization, masked and frozen ones among them: losses, weights and moving statistics after 1 and 10 steps, and
 * what the model then predicts.
 */
final class NormalizationOracleTest {

    private static final double LIMIT = 1e-4;
    private static final int STEPS = 10;

    @RegisterExtension
    static final Worst WORST = new Worst("normalization");

    @TestFactory
    Stream<DynamicTest> trainings() throws IOException {
        try (InputStream in = NormalizationOracleTest.class.getResourceAsStream("/training/normalization.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            return StreamSupport.stream(cases.properties().spliterator(), false)
                    .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> check(one.getKey(), one.getValue())));
        }
    }

    private static void check(String name, JsonNode one) {
        try (Model model = KerasConfig.model(one.get("model").asText(), 3)) {
            one.get("w0").properties().forEach(weight -> model.weight(weight.getKey())
                    .set(Parity.tensor(JsonArrays.shaped(weight.getValue()))));
            double[] losses = new double[STEPS];
            try (TrainingLoop loop = Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(0.05).momentum(0.5)).open()) {
                for (int step = 0; step < STEPS; step++) {
                    losses[step] = loop.step(Samples.of(batch(one, "x", step % 4), batch(one, "y", step % 4)));
                    JsonNode after = one.get("after").get(String.valueOf(step + 1));
                    if (after != null) {
                        checkWeights(model, after, name + " after " + (step + 1) + " ");
                    }
                }
                loop.keep();
            }
            WORST.within("losses", LIMIT, name, losses,
                    StreamSupport.stream(one.get("losses").spliterator(), false).mapToDouble(JsonNode::asDouble)
                            .toArray());
            WORST.within("predictions", LIMIT, name, model.predict(batch(one, "x", 0)).toArray(),
                    JsonArrays.shaped(one.get("predicted")).values());
        }
    }

    private static void checkWeights(Model model, JsonNode after, String what) {
        after.properties().forEach(entry -> {
            Weight weight = model.weight(entry.getKey());
            WORST.within("weights", LIMIT, what + weight.name(), weight.get().toArray(),
                    JsonArrays.shaped(entry.getValue()).values());
        });
    }

    /** One of four that lie behind each other. */
    private static Tensor batch(JsonNode one, String which, int number) {
        return Parity.tensor(JsonArrays.shaped(one.get(which)).at(number));
    }
}
