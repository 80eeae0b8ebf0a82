package dev.gatun.tests.stateful;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.Fixtures;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Training models whose layers go on from batch to batch. */
class StatefulTrainingTest {

    private static final double OUTPUTS = 1e-5;
    private static final double GRADIENTS = 1e-4;

    private static Model model(boolean stateful) {
        Model model = Sequential.of(Input.shape(4, 3), Lstm.units(6).returnSequences().stateful(stateful),
                Gru.units(5).stateful(stateful), Dense.units(1));
        model.initialize(2);
        return model;
    }

    private static Tensor x(int batch, long seed) {
        return Tensor.of(EnginePass.uniform(batch * 12, 1.5f, seed), batch, 4, 3);
    }

    private static Tensor y(int batch) {
        return Tensor.of(EnginePass.uniform(batch, 1, 9), batch, 1);
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(0.1)).batchSize(4).shuffle(false);
    }

    private static float[] weights(Model model) {
        return model.weights().stream().map(weight -> weight.get().toArray()).reduce(new float[0], (a, b) -> {
            float[] both = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, both, a.length, b.length);
            return both;
        });
    }

    /** Fixtures in which the last of several batches goes back, and what the ones before have left is a constant. */
    @TestFactory
    Stream<DynamicTest> fixtures() {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Fixture> fixtures = Fixtures.where(fixture -> fixture.kind().equals("stateful"));
        assertTrue(fixtures.size() > 2);
        return fixtures.stream().map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check(fixture)));
    }

    private static void check(Fixture fixture) {
        try (Model model = KerasConfig.model(fixture.kerasModel().toString(), 2)) {
            for (Weight weight : model.weights()) {
                weight.set(tensor(fixture, "w/" + weight.name()));
            }
            int last = fixture.json().path("batches").asInt() - 1;
            String output = "y/" + model.outputNames().getFirst();
            for (int batch = 0; batch < last; batch++) {
                Measure.within(OUTPUTS, "batch " + batch, model.predict(tensor(fixture, "x/" + batch)).toArray(),
                        fixture.values(output + "/batch" + batch));
            }
            EnginePass pass = EnginePass.of(model, List.of(tensor(fixture, "x/" + last)),
                    List.of(fixture.tensor("cot").floats()));
            Measure.within(OUTPUTS, "last batch", pass.outputs().getFirst(), fixture.values(output + "/batch" + last));
            pass.weights().forEach((name, gradient) -> Measure.within(GRADIENTS, "gradient of " + name, gradient,
                    fixture.values("g/w/" + name)));
            Measure.within(GRADIENTS, "gradient of x", pass.inputs().getFirst(), fixture.values("g/x"));
            model.resetStates();
            Measure.within(OUTPUTS, "once more", model.predict(tensor(fixture, "x/0")).toArray(),
                    fixture.values(output + "/batch0"));
        }
    }

    private static Tensor tensor(Fixture fixture, String name) {
        return Tensor.of(fixture.tensor(name).floats(),
                Arrays.stream(fixture.tensor(name).shape()).asLongStream().toArray());
    }

    /** Batches of a fit are those of a loop of one's own: each goes on from the one before. */
    @Test
    void batchesGoOnFromEachOther() {
        Tensor x = x(10, 1);
        Tensor y = y(10);
        try (Model fitted = model(true); Model stepped = model(true); Model plain = model(false)) {
            trainer(fitted).fit(x, y);
            try (TrainingLoop loop = trainer(stepped).open()) {
                for (int first = 0; first < 10; first += 4) {
                    loop.step(part(x, y, first, Math.min(4, 10 - first)));
                }
                loop.keep();
            }
            Bits.same(weights(fitted), weights(stepped), "weights");
            trainer(plain).fit(x, y);
            assertFalse(Arrays.equals(weights(fitted), weights(plain)));
            Bits.same(fitted.predict(x(4, 5)).toArray(), stepped.predict(x(4, 5)).toArray(), "the states are left");
            fitted.resetStates();
            stepped.predict(x(4, 6));
            stepped.resetStates();
            Bits.same(fitted.predict(x(4, 5)).toArray(), stepped.predict(x(4, 5)).toArray(), "after a reset");
        }
    }

    private static Samples part(Tensor x, Tensor y, int first, int count) {
        return Samples.of(Tensor.of(Arrays.copyOfRange(x.toArray(), first * 12, (first + count) * 12), count, 4, 3),
                Tensor.of(Arrays.copyOfRange(y.toArray(), first, first + count), count, 1));
    }

    /** Steps by single batches carry the states too. */
    @Test
    void singleStepsGoOn() {
        Tensor x = x(4, 1);
        try (Model one = model(true); Model other = model(true)) {
            trainer(one).optimizer(Sgd.rate(1e-30)).trainOnBatch(x, y(4));
            other.predict(x);
            Bits.same(one.predict(x).toArray(), other.predict(x).toArray(), "a step leaves the states of its run");
        }
    }

    @Test
    void everyEpochButTheFirstBeginsAtZeros() throws IOException {
        Tensor x = x(8, 1);
        Tensor y = y(8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Model straight = model(true); Model stopped = model(true); Model apart = model(true)) {
            trainer(straight).epochs(3).fit(x, y);
            trainer(stopped).epochs(1).fit(x, y);
            stopped.save(out, "gatun");
            trainer(stopped).epochs(3).resume().fit(x, y);
            Bits.same(weights(stopped), weights(straight), "resumed where it stands");
            try (Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()))) {
                trainer(loaded).epochs(3).resume().fit(x, y);
                Bits.same(weights(loaded), weights(straight), "resumed from a file");
                Bits.same(loaded.predict(x(4, 3)).toArray(), straight.predict(x(4, 3)).toArray(), "states");
            }
            apart.predict(x(4, 4));
            trainer(apart).epochs(1).fit(x, y);
            trainer(stopped).epochs(1);
            assertFalse(Arrays.equals(weights(apart), weights(straight)), "the first goes on from what was there");
        }
    }

    /** A validation begins at zeros and leaves the states as they are. */
    @Test
    void aValidationIsAside() {
        Tensor x = x(8, 1);
        Tensor y = y(8);
        try (Model with = model(true); Model without = model(true)) {
            Map<String, Double> last = trainer(with).validation(x(4, 7), y(4)).epochs(2).fit(x, y).epochs().getLast();
            trainer(without).epochs(2).fit(x, y);
            Bits.same(weights(with), weights(without), "weights");
            Bits.same(with.predict(x(4, 3)).toArray(), without.predict(x(4, 3)).toArray(), "states");
            with.resetStates();
            assertEquals(trainer(with).evaluate(x(4, 7), y(4)).get("loss"), last.get("val_loss"));
        }
    }

    /** What a failed training has left in the states goes with its weights. */
    @Test
    void aTrainingThatFailsLeavesTheStatesAsTheyWere() {
        Tensor x = x(8, 1);
        try (Model model = model(true); Model other = model(true)) {
            model.predict(x(4, 2));
            other.predict(x(4, 2));
            assertThrows(DivergenceException.class,
                    () -> trainer(model).optimizer(Sgd.rate(1e30)).epochs(5).fit(x, y(8)));
            Bits.same(model.predict(x(4, 3)).toArray(), other.predict(x(4, 3)).toArray(), "as before");
        }
    }

    @Test
    void shufflingIsRefused() {
        try (Model model = model(true)) {
            String said = assertThrows(IllegalArgumentException.class,
                    () -> trainer(model).shuffle(true).fit(x(4, 1), y(4))).getMessage();
            assertTrue(said.contains("stateful") && said.contains("shuffle(false)"), said);
            assertEquals(1, said.lines().count());
        }
    }
}
