package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Clipping;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.tests.own.Signum;
import java.lang.foreign.MemorySegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An optimizer of a user's own trains, is saved, and goes on with the same bits; one that nobody registered is refused. */
final class OwnOptimizerTest {

    private static Trainer trainer(Model model, int epochs) {
        return Trainer.of(model).optimizer(Signum.rate(0.01).globalClipNorm(0.5)).loss(Loss.MSE).batchSize(8).seed(4)
                .epochs(epochs);
    }

    private static int[] straight(int threads) {
        try (Model model = Toy.model().threads(threads)) {
            var history = trainer(model, 6).fit(Toy.X, Toy.Y);
            assertTrue(history.last("loss") < 0.5 * history.of("loss")[0], history.toString());
            return Toy.bits(model);
        }
    }

    @Test
    void aSavedTrainingGoesOnWithTheSameBits(@TempDir Path folder) throws IOException {
        int[] expected = straight(1);
        Path file = folder.resolve("own.gatun");
        try (Model model = Toy.model()) {
            trainer(model, 4).fit(Toy.X, Toy.Y);
            model.save(file);
        }
        try (Model model = Model.load(file)) {
            assertEquals(Map.of("class_name", "Signum", "config",
                    Map.of("learning_rate", 0.01, "beta", 0.9, "global_clipnorm", 0.5)),
                    model.trainingState().orElseThrow().optimizer());
            Trainer.of(model).loss(Loss.MSE).batchSize(8).epochs(6).resume().fit(Toy.X, Toy.Y);
            Toy.requireSameBits(expected, Toy.bits(model), "saved, loaded and resumed");
        }
        Toy.requireSameBits(expected, straight(3), "three threads");
    }

    @Test
    void itIsFoundByName() {
        assertEquals(Signum.rate(0.01), Optimizer.of("Signum"));
        assertEquals(Signum.rate(0.01), Optimizer.of("signum"));
        assertEquals(
                "Unknown optimizer 'lion'; there are sgd, adam, adamw, rmsprop, adagrad, signum; one of your own needs "
                        + "an OptimizerType that is registered as a service",
                assertThrows(IllegalArgumentException.class, () -> Optimizer.of("lion")).getMessage());
        assertEquals("The optimizer asks for nesterov = true, which Gatun does not do; leave it out",
                assertThrows(IllegalArgumentException.class, () -> Optimizer.fromConfig(
                        Map.of("class_name", "Signum", "config", Map.of("nesterov", true)))).getMessage());
    }

    /** What its trainings left could be read by nobody, or be read as another optimizer. */
    private record Stranger(String className, double learningRate) implements Optimizer {

        @Override
        public Stranger learningRate(double rate) {
            return new Stranger(className, rate);
        }

        @Override
        public List<String> slotNames() {
            return List.of();
        }

        @Override
        public void write(Map<String, Object> config) {
            config.put("patience", 3.0);
        }

        @Override
        public void update(
                MemorySegment weights, MemorySegment gradients, ParameterBlock[] slots, long atBytes, int count,
                long step) {
            throw new AssertionError("never asked");
        }
    }

    @Test
    void whatCouldNotBeResumedDoesNotBegin() {
        try (Model model = Toy.model()) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE);
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> trainer.optimizer(new Stranger("Nobody", 0.1))).getMessage()
                    .startsWith("Unknown optimizer 'Nobody'; there are sgd,"));
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> trainer.optimizer(new Stranger("Signum", 0.1))).getMessage().contains("patience"));
            assertEquals(Clipping.NONE, new Stranger("Nobody", 0.1).clipping());
        }
    }

    /** An optimizer that is called by a name of Gatun's, but is another one. */
    @Test
    void whatWouldBeReadAsAnotherIsRefused() {
        Optimizer impostor = new Optimizer() {
            @Override
            public String className() {
                return "SGD";
            }

            @Override
            public double learningRate() {
                return 0.1;
            }

            @Override
            public Optimizer learningRate(double rate) {
                return this;
            }

            @Override
            public List<String> slotNames() {
                return List.of();
            }

            @Override
            public void write(Map<String, Object> config) {}

            @Override
            public void update(
                    MemorySegment weights, MemorySegment gradients, ParameterBlock[] slots, long atBytes, int count,
                    long step) {}
        };
        try (Model model = Toy.model()) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).optimizer(impostor))
                    .getMessage().startsWith("The type of the optimizer SGD reads "));
        }
    }
}
