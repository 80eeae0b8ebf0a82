package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.Measure;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Training by every optimizer of the fixtures: weights after 1 and 5 steps, losses, and a curve of 200 steps. */
final class TrainingParityTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity of training");

    private static final double WEIGHTS = 1e-4;
    private static final double CURVE = 5e-4;

    @TestFactory
    Stream<DynamicTest> weightsAfterOneStepAndFive() {
        return Parity.testsOfOptimizers("model_train", TrainingParityTest::checkSteps);
    }

    private static void checkSteps(Fixture fixture, String key) {
        try (Model model = Parity.model(fixture)) {
            double[] losses = new double[6];
            for (int step = 0; step <= 5; step++) {
                if (step == 1 || step == 5) {
                    String prefix = "opt/" + key + "/step" + step + "/";
                    model.weights().forEach(weight -> checkWeight(fixture, prefix, weight));
                }
                losses[step] = step(model, fixture, key, step < 5);
            }
            String name = "opt/" + key + "/losses";
            WORST.within("losses of 5 steps", Worst.LOSSES, fixture.name() + " " + name, losses, fixture.values(name));
        }
    }

    private static double step(Model model, Fixture fixture, String key, boolean train) {
        Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(optimizer(key, fixture.optimizer(key)));
        Samples samples = Samples.of(Parity.tensor(fixture.tensor("x")), Parity.tensor(fixture.tensor("target")));
        return (train ? trainer.trainOnBatch(samples) : trainer.testOnBatch(samples)).get("loss");
    }

    private static void checkWeight(Fixture fixture, String prefix, Weight weight) {
        String name = "w/" + weight.name();
        float[] all = weight.get().toArray();
        float[] shown = all;
        if (fixture.has("opt/idx/" + name)) {
            int[] indices = fixture.tensor("opt/idx/" + name).ints();
            shown = new float[indices.length];
            double[] stats = new double[2];
            for (int i = 0; i < indices.length; i++) {
                shown[i] = all[indices[i]];
            }
            for (double value : all) {
                stats[0] += value;
                stats[1] += value * value;
            }
            WORST.within("sums of weights", WEIGHTS, fixture.name() + " " + prefix + "stats/" + name, stats,
                    fixture.values(prefix + "stats/" + name));
        }
        WORST.within("weights", WEIGHTS, fixture.name() + " " + prefix + name, shown, fixture.values(prefix + name));
    }

    @TestFactory
    Stream<DynamicTest> curves() {
        return Parity.testsOfOptimizers("curve", TrainingParityTest::checkCurve);
    }

    private static void checkCurve(Fixture fixture, String key) {
        try (Model model = Parity.model(fixture)) {
            double[] curve = new double[fixture.json().path("steps").asInt() + 1];
            for (int step = 0; step < curve.length; step++) {
                curve[step] = step(model, fixture, key, step < curve.length - 1);
            }
            String name = fixture.name() + " curve/" + key;
            WORST.check("curve", CURVE, name, Measure.perEntry(curve, fixture.values("curve/" + key)));
            for (Weight weight : model.weights()) {
                String last = "final/" + key + "/w/" + weight.name();
                WORST.within("weights after the curve", CURVE, fixture.name() + " " + last, weight.get().toArray(),
                        fixture.values(last));
            }
        }
    }

    private static Optimizer optimizer(String key, JsonNode numbers) {
        double rate = numbers.path("learning_rate").asDouble();
        double epsilon = numbers.path("epsilon").asDouble();
        Sgd momentum = Sgd.rate(rate).momentum(numbers.path("momentum").asDouble());
        Adam adam = Adam.rate(rate).beta1(numbers.path("beta_1").asDouble()).beta2(numbers.path("beta_2").asDouble());
        return switch (key) {
            case "sgd" -> Sgd.rate(rate);
            case "sgd_momentum" -> momentum;
            case "sgd_nesterov" -> momentum.nesterov();
            case "adam" -> adam.epsilon(epsilon);
            case "adam_tfjs" -> adam.epsilon(epsilon).correctedEpsilon();
            case "rmsprop" -> RmsProp.rate(rate).rho(numbers.path("rho").asDouble()).epsilon(epsilon);
            case "rmsprop_keras2" ->
                RmsProp.rate(rate).rho(numbers.path("rho").asDouble()).epsilon(epsilon).epsilonOutside();
            case "adagrad" -> Adagrad.rate(rate).epsilon(epsilon)
                    .initialAccumulator(numbers.path("initial_accumulator_value").asDouble());
            default -> throw new IllegalArgumentException("Gatun has no optimizer " + key);
        };
    }
}
