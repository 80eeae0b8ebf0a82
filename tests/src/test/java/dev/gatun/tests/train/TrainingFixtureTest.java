package dev.gatun.tests.train;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Weight;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.Measure;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Training by way of the trainer against the oracle: every optimizer for five steps, Adam for two hundred. */
final class TrainingFixtureTest {

    private static final double WEIGHTS = 1e-4;
    private static final double LOSSES = 1e-5;
    private static final double CURVE = 5e-4;
    private static final int STEPS = 5;

    @TestFactory
    Stream<DynamicTest> fiveSteps() {
        return Fixtures.where(fixture -> fixture.kind().equals("model_train")).stream()
                .flatMap(fixture -> fixture.optimizers().stream()
                        .filter(key -> fixture.has("opt/" + key + "/losses"))
                        .map(key -> DynamicTest.dynamicTest(fixture + " " + key, () -> fiveSteps(fixture, key))));
    }

    private static void fiveSteps(Fixture fixture, String key) {
        try (Model model = model(fixture)) {
            Trainer trainer = Trainer.of(model).optimizer(optimizer(fixture, key)).loss(Loss.MSE);
            Samples samples = samples(fixture);
            double[] losses = new double[STEPS + 1];
            for (int step = 0; step < STEPS; step++) {
                losses[step] = trainer.trainOnBatch(samples).get("loss");
                if (step == 0) {
                    requireWeights(fixture, "opt/" + key + "/step1/", model);
                }
            }
            losses[STEPS] = trainer.testOnBatch(samples).get("loss");
            requireWeights(fixture, "opt/" + key + "/step5/", model);
            Measure.within(LOSSES, "losses", losses, fixture.values("opt/" + key + "/losses"));
        }
    }

    @TestFactory
    Stream<DynamicTest> twoHundredSteps() {
        return Fixtures.where(fixture -> fixture.kind().equals("curve")).stream()
                .flatMap(fixture -> fixture.optimizers().stream()
                        .map(key -> DynamicTest.dynamicTest(fixture + " " + key, () -> curve(fixture, key))));
    }

    private static void curve(Fixture fixture, String key) {
        double[] expected = fixture.values("curve/" + key);
        double[] got = new double[expected.length];
        try (Model model = model(fixture)) {
            Trainer trainer = Trainer.of(model).optimizer(optimizer(fixture, key)).loss(Loss.MSE).shuffle(false)
                    .batchSize(fixture.batch()).epochs(expected.length - 1);
            Samples samples = samples(fixture);
            System.arraycopy(trainer.fit(samples).of("loss"), 0, got, 0, got.length - 1);
            got[got.length - 1] = trainer.evaluate(samples).get("loss");
            requireWeights(fixture, "final/" + key + "/", model);
        }
        double error = Measure.perEntry(got, expected);
        if (!(error <= CURVE)) {
            throw new AssertionError("curve: error " + error + ", limit " + CURVE);
        }
    }

    private static Model model(Fixture fixture) {
        Model model = FixtureModels.nodes(fixture).model();
        for (Weight weight : model.weights()) {
            weight.set(Tensor.of(fixture.tensor("w/" + weight.name()).floats(), weight.shape().toArray()));
        }
        return model;
    }

    private static Samples samples(Fixture fixture) {
        return Samples.of(tensor(fixture.tensor("x")), tensor(fixture.tensor("target")));
    }

    private static Tensor tensor(FixtureTensor tensor) {
        return Tensor.of(tensor.floats(), Arrays.stream(tensor.shape()).asLongStream().toArray());
    }

    /** All entries of each weight, or those of {@code opt/idx/<weight>} where the fixture stores no more. */
    private static void requireWeights(Fixture fixture, String prefix, Model model) {
        for (Weight weight : model.weights()) {
            String name = "w/" + weight.name();
            float[] all = weight.get().toArray();
            float[] got = all;
            if (fixture.has("opt/idx/" + name)) {
                int[] index = fixture.tensor("opt/idx/" + name).ints();
                got = new float[index.length];
                for (int i = 0; i < index.length; i++) {
                    got[i] = all[index[i]];
                }
            }
            Measure.within(WEIGHTS, prefix + name, got, fixture.values(prefix + name));
            if (fixture.has(prefix + "stats/" + name)) {
                Measure.within(WEIGHTS, prefix + name + " sums", sums(all), fixture.values(prefix + "stats/" + name));
            }
        }
    }

    /** Sum and sum of squares. */
    private static double[] sums(float[] values) {
        double[] sums = new double[2];
        for (float value : values) {
            sums[0] += value;
            sums[1] += (double) value * value;
        }
        return sums;
    }

    private static Optimizer optimizer(Fixture fixture, String key) {
        double rate = fixture.optimizer(key).path("learning_rate").asDouble();
        return switch (key) {
            case "sgd" -> Sgd.rate(rate);
            case "sgd_momentum" -> Sgd.rate(rate).momentum(0.9);
            case "sgd_nesterov" -> Sgd.rate(rate).momentum(0.9).nesterov();
            case "adam" -> Adam.rate(rate);
            case "adam_tfjs" -> Adam.rate(rate).correctedEpsilon();
            case "rmsprop" -> RmsProp.rate(rate);
            case "rmsprop_keras2" -> RmsProp.rate(rate).epsilonOutside();
            case "adagrad" -> Adagrad.rate(rate);
            default -> throw new IllegalArgumentException("Gatun has no optimizer " + key);
        };
    }
}
