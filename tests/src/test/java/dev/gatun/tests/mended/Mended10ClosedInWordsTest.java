package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issue D, number 10: what is closed says so in Gatun's words, also when it is closed under a running door. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class Mended10ClosedInWordsTest {

    private static final int ATTEMPTS = 4;

    private static Model model() {
        return Sequential.named("x", List.of(Input.sequence(3), Lstm.units(8).returnSequences(), Dense.units(2)));
    }

    @Test
    void closesUnderRunningDoors() throws InterruptedException {
        closesUnderRunningDoors(40);
    }

    /** The attack's own count. */
    @Test
    @Tag("thorough")
    void threeHundredAndTwentyClosesUnderRunningDoors() throws InterruptedException {
        closesUnderRunningDoors(320);
    }

    /** Models, streams, predictors and data are closed while threads are inside. */
    private static void closesUnderRunningDoors(int closes) throws InterruptedException {
        Set<String> said = ConcurrentHashMap.newKeySet();
        for (int close = 0; close < closes; close++) {
            int kind = close % 4;
            TensorArena data = TensorArena.open("data");
            Tensor x = data.tensor("x", Shape.of(10, 4, 3));
            Model model = model();
            ModelStream stream = model.stream(1, 1 + close % 2);
            Predictor predictor = model.predictor();
            List<Runnable> doors = List.of(
                    () -> stream.step(MemorySegment.ofArray(new float[3]), MemorySegment.ofArray(new float[2])),
                    () -> predictor.predict(x), () -> model.predict(x));
            AtomicBoolean enough = new AtomicBoolean();
            List<Thread> inside = doors.stream().map(door -> Thread.ofPlatform().daemon().start(() -> {
                while (!enough.get()) {
                    said.add(String.valueOf(Words.of(door)));
                }
            })).toList();
            Runnable closed = List.<Runnable>of(model::close, stream::close, predictor::close, data::close).get(kind);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                said.add(String.valueOf(Words.of(closed)));
                Thread.yield();
            }
            enough.set(true);
            for (Thread thread : inside) {
                thread.join();
            }
            predictor.close();
            stream.close();
            model.close();
            data.close();
        }
        assertTrue(said.remove("null"), "nothing worked");
        assertTrue(said.stream().anyMatch(text -> text.contains("let the work end first")), said.toString());
        assertTrue(said.stream().anyMatch(text -> text.contains("' is closed")), said.toString());
        said.forEach(Mended10ClosedInWordsTest::assertOurs);
    }

    private static void assertOurs(String text) {
        String ours = "java.lang.IllegalStateException: ";
        assertTrue(text.matches(ours + "(Model|Stream of model|Predictor of model) 'x' is (closed|in use by ).*")
                || text.matches(ours + "The memory of this tensor of shape .* has been freed.*"), text);
    }

    @Test
    void everyCallOnWhatIsClosed() {
        Model model = model();
        Weight weight = model.weights().getFirst();
        ParameterBlock parameters = model.network().parameters();
        ParameterBlock gradients = model.network().gradients();
        ModelStream stream = model.stream();
        ModelStream own = model.stream();
        Predictor predictor = model.predictor();
        Tensor x = Tensor.zeros(2, 4, 3);
        Tensor y = Tensor.zeros(2, 4, 2);
        TensorArena arena = TensorArena.open("mine");
        Tensor tensor = arena.tensor("t", Shape.of(2, 2));
        Trainer trainer = Trainer.of(model).loss(Loss.MSE);
        own.close();
        Words.hold(Words.of(own::reset), "Stream of model 'x' is closed; take another with model.stream()");
        model.close();
        arena.close();
        Map<String, List<Runnable>> calls = Map.of(
                "Model 'x' is closed; its weights are gone. Load it again, or close it later",
                List.of(() -> model.predict(x), () -> model.initialize(1), () -> model.threads(2),
                        () -> model.network().progress(null), () -> model.network().moments(1),
                        () -> model.network().gradients(), model::stream,
                        model::predictor, () -> model.warmUp(x.shape()), () -> model.network().use("look"),
                        () -> model.network().execution(List.of(x.shape()), ExecutionMode.INFERENCE),
                        () -> model.network().given(List.of(x), List.of()),
                        () -> trainer.fit(x, y), () -> trainer.evaluate(x, y), () -> trainer.trainOnBatch(x, y)),
                "Stream of model 'x' is closed, for its model is closed; load the model again, or close it later",
                List.of(stream::reset, stream::warmUp,
                        () -> stream.step(MemorySegment.ofArray(new float[3]), MemorySegment.ofArray(new float[2]))),
                "Predictor of model 'x' is closed, for its model is closed; load the model again, or close it later",
                List.of(() -> predictor.predict(x)),
                "The memory of weight 'lstm/kernel' has been freed: its model is closed. Copy the numbers before closing,"
                        + " or close later",
                List.of(weight::get, () -> weight.get(gradients), () -> weight.set(Tensor.zeros(3, 32)),
                        () -> weight.set(gradients, Tensor.zeros(3, 32))),
                "The memory of this tensor of shape (2, 2) has been freed: its arena or model is closed. Copy the numbers "
                        + "(toArray) before closing, or close later",
                List.of(() -> tensor.get(0, 0), () -> tensor.set(1, 0, 0), tensor::toArray,
                        () -> tensor.copyTo(Tensor.zeros(2, 2)), () -> Tensor.zeros(2, 2).copyTo(tensor)),
                "Arena 'mine' is closed; what it held cannot be used any more. Keep the model open for as long as its "
                        + "tensors are in use",
                List.of(() -> arena.allocate(1, "more"), () -> arena.child("child"),
                        () -> arena.tensor("t", Shape.of(1)), () -> parameters.twin(arena, "twin")),
                "The memory of this block of 5 weight(s) has been freed: its model or arena is closed. Copy the numbers "
                        + "before closing, or close later",
                List.of(parameters::clear, () -> parameters.copyTo(gradients)));
        calls.forEach((sentence, some) -> some
                .forEach(call -> assertEquals(sentence, String.valueOf(Words.of(call).getMessage()))));
        model.close();
        stream.close();
        predictor.close();
        arena.close();
        model.summary();
        assertEquals(5, model.weights().size());
    }
}
