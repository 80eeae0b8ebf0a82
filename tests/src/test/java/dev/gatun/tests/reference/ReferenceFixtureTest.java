package dev.gatun.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.Measure;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The reference against the fixtures, which come from PyTorch in double precision: layers, losses, training cases and a
 * curve of 200 steps, to 1e-9 (gradients stored as F32 to 1e-7). So the reference, the fixtures and their reader agree.
 */
class ReferenceFixtureTest {
    /** An F32 number is off by half an ulp, 6e-8. */
    private static final double STORED_AS_F32 = 1e-7;

    @TestFactory
    Stream<DynamicTest> layers() {
        return Fixtures.where(f -> f.kind().equals("layers") && RefModels.covers(f)).stream()
                .map(f -> dynamicTest(f.name(), () -> checkLayers(f)));
    }

    private static void checkLayers(Fixture fixture) {
        RefGraph graph = RefModels.graph(fixture);
        RefGraph.Run run = graph.run(RefModels.given(fixture));
        Map<RefGraph.Value, double[]> cotangents = new HashMap<>();
        double loss = 0;
        for (int n = 0; n < graph.outputs().size(); n++) {
            double[] cotangent = fixture.values("cot/" + fixture.outputs().get(n));
            double[] output = run.value(graph.outputs().get(n)).values();
            for (int i = 0; i < output.length; i++) {
                loss += cotangent[i] * output[i];
            }
            cotangents.put(graph.outputs().get(n), cotangent);
        }
        within(fixture, "loss", new double[] {loss});
        checkValues(fixture, run, run.backward(cotangents));
    }

    /** Every expected output, state and gradient. */
    private static void checkValues(Fixture fixture, RefGraph.Run run, RefGraph.Gradients gradients) {
        int checked = 0;
        for (String name : fixture.expected()) {
            if (name.startsWith("y/") || name.startsWith("h/") || name.startsWith("c/")) {
                within(fixture, name, run.values(name));
            } else if (name.startsWith("ginit/")) {
                within(fixture, name, gradients.of(name.substring(1)));
            } else if (name.startsWith("g/")) {
                within(fixture, name, gradients.of(name.substring(2)));
            } else {
                continue;
            }
            checked++;
        }
        long expected = fixture.expected().stream().filter(n -> n.matches("(y|h|c|g|ginit)/.*")).count();
        assertEquals(expected, checked);
    }

    @TestFactory
    Stream<DynamicTest> losses() {
        return Fixtures.where(f -> f.kind().equals("loss")).stream()
                .map(f -> dynamicTest(f.name(), () -> {
                    RefLoss.Result result = loss(f).evaluate(
                            f.values("y_true"),
                            RefTensor.of(f.tensor("y_pred")),
                            f.has("sample_weight") ? f.values("sample_weight") : null,
                            f.has("mask") ? f.values("mask") : null);
                    within(f, "per_sample", result.perSample());
                    within(f, "loss", new double[] {result.value()});
                    within(f, "g/y_pred", result.gradient());
                }));
    }

    private static RefLoss loss(Fixture fixture) {
        String kind = fixture.json().path("loss").asText().toUpperCase(Locale.ROOT);
        boolean fromLogits = fixture.json().path("from_logits").asBoolean();
        return new RefLoss(RefLoss.Kind.valueOf(kind), fromLogits, fixture.json().path("delta").asDouble());
    }

    @TestFactory
    Stream<DynamicTest> training() {
        return Fixtures.where(f -> f.kind().equals("model_train")).stream()
                .flatMap(f -> Stream.concat(
                        Stream.of(dynamicTest(f.name(), () -> {
                            Training training = new Training(f);
                            within(f, "loss", new double[] {training.loss()});
                            checkValues(f, training.run, training.gradients());
                        })),
                        steps(f)));
    }

    /** One test per optimizer; for the large models two unless -Pthorough, as the tiny ones have them all. */
    private static Stream<DynamicTest> steps(Fixture fixture) {
        boolean large = fixture.name().startsWith("a_model") && !Boolean.getBoolean("gatun.thorough");
        return fixture.optimizers().stream()
                .filter(o -> !large || o.equals("adam") || o.equals("sgd_nesterov"))
                .map(o -> dynamicTest(fixture.name() + " " + o, () -> checkSteps(fixture, o)));
    }

    private static void checkSteps(Fixture fixture, String optimizer) {
        Training training = new Training(fixture);
        RefOptimizer rule = optimizer(optimizer, fixture.optimizer(optimizer));
        double[] losses = new double[6];
        for (int k = 0; k <= 5; k++) {
            losses[k] = training.loss();
            if (k == 1 || k == 5) {
                checkWeights(fixture, "opt/" + optimizer + "/step" + k + "/", training.weights);
            }
            if (k < 5) {
                rule.step(training.weights, training.gradients().weights());
            }
        }
        within(fixture, "opt/" + optimizer + "/losses", losses);
    }

    private static void checkWeights(Fixture fixture, String prefix, Map<String, double[]> weights) {
        weights.forEach((name, w) -> {
            double[] shown = w;
            if (fixture.has("opt/idx/" + name)) {
                int[] indices = fixture.tensor("opt/idx/" + name).ints();
                shown = new double[indices.length];
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < indices.length; i++) {
                    shown[i] = w[indices[i]];
                }
                for (double v : w) {
                    sum += v;
                    squares += v * v;
                }
                within(fixture, prefix + "stats/" + name, new double[] {sum, squares});
            }
            within(fixture, prefix + name, shown);
        });
    }

    @TestFactory
    Stream<DynamicTest> curves() {
        return Fixtures.where(f -> f.kind().equals("curve")).stream()
                .flatMap(f -> f.optimizers().stream().map(o -> dynamicTest(f.name() + " " + o, () -> {
                    Training training = new Training(f);
                    RefOptimizer rule = optimizer(o, f.optimizer(o));
                    double[] curve = new double[f.json().path("steps").asInt() + 1];
                    for (int k = 0; k < curve.length; k++) {
                        curve[k] = training.loss();
                        if (k < curve.length - 1) {
                            rule.step(training.weights, training.gradients().weights());
                        }
                    }
                    double error = Measure.perEntry(curve, f.values("curve/" + o));
                    if (!(error <= 1e-9)) {
                        throw new AssertionError(f.name() + " curve/" + o + ": error " + error);
                    }
                    training.weights.forEach((name, w) -> within(f, "final/" + o + "/" + name, w));
                })));
    }

    /** A model, its weights, and the mean squared error on the one batch of the case. */
    private static final class Training {
        private final Fixture fixture;
        private final RefGraph graph;
        private final SequencedMap<String, RefTensor> given;
        private final SequencedMap<String, double[]> weights;
        private RefGraph.Run run;
        private RefLoss.Result loss;

        Training(Fixture fixture) {
            this.fixture = fixture;
            this.graph = RefModels.graph(fixture);
            this.given = RefModels.given(fixture);
            this.weights = RefModels.weights(given);
        }

        /** Forward with the weights of now. */
        double loss() {
            run = graph.run(given);
            RefTensor output = run.value(graph.outputs().getFirst());
            loss = RefLoss.of(RefLoss.Kind.MSE).evaluate(fixture.values("target"), output);
            return loss.value();
        }

        /** Backward of the last forward. */
        RefGraph.Gradients gradients() {
            return run.backward(Map.of(graph.outputs().getFirst(), loss.gradient()));
        }
    }

    private static RefOptimizer optimizer(String name, JsonNode numbers) {
        double lr = numbers.path("learning_rate").asDouble();
        double beta1 = numbers.path("beta_1").asDouble();
        double beta2 = numbers.path("beta_2").asDouble();
        double rho = numbers.path("rho").asDouble();
        double epsilon = numbers.path("epsilon").asDouble();
        return switch (name) {
            case "sgd" -> RefOptimizer.sgd(lr);
            case "sgd_momentum", "sgd_nesterov" ->
                RefOptimizer.momentum(
                        lr, numbers.path("momentum").asDouble(), numbers.path("nesterov").asBoolean());
            case "adam" -> RefOptimizer.adam(lr, beta1, beta2, epsilon);
            case "adam_tfjs" -> RefOptimizer.adamOfPaper(lr, beta1, beta2, epsilon);
            case "rmsprop" -> RefOptimizer.rmsprop(lr, rho, epsilon);
            case "rmsprop_keras2" -> RefOptimizer.rmspropOfKeras2(lr, rho, epsilon);
            case "adagrad" ->
                RefOptimizer.adagrad(lr, numbers.path("initial_accumulator_value").asDouble(), epsilon);
            default -> throw new IllegalArgumentException("no reference of optimizer " + name);
        };
    }

    private static void within(Fixture fixture, String name, double[] got) {
        FixtureTensor expected = fixture.tensor(name);
        double limit = expected.dtype().equals("F32") ? STORED_AS_F32 : 1e-9;
        Measure.within(limit, fixture.name() + " " + name, got, expected.values());
    }
}
