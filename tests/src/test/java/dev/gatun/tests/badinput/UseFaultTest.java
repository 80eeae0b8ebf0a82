package dev.gatun.tests.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.layers.Weight;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.Together;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrong data, at the wrong time, from the wrong thread: refused in words, and the model is as it was. */
final class UseFaultTest {

    private final Model model = Sequential.named("forecast", List.of(
            Input.shape(5, 3).named("series"), Lstm.units(4).returnSequences(), Dense.units(2)));
    private final Tensor x = Tensor.of(EnginePass.uniform(2 * 5 * 3, 1, 1), 2, 5, 3);
    private final float[] before = model.predict(x).toArray();

    @AfterEach
    void nothingHappenedToTheModel() {
        if (model.network().arena().isOpen()) {
            Bits.same(model.predict(x).toArray(), before, "after the refusals");
            model.close();
        }
        assertEquals(0, model.network().arena().allocatedBytes());
    }

    @Test
    void shapesOfData() {
        Refusal.of(() -> model.predict(Tensor.zeros(2, 5)), "'forecast'", "'series'", "(None, 5, 3)", "(2, 5)",
                "ndim=2 instead of 3", "[samples, time, features]");
        Refusal.of(() -> model.predict(Tensor.zeros(2, 5, 4)), "'series'", "(None, 5, 3)", "(2, 5, 4)",
                "4 features per step", "built for 3");
        Refusal.of(() -> model.predict(Tensor.zeros(2, 6, 3)), "'series'", "(None, 5, 3)", "(2, 6, 3)",
                "6 time steps", "declared for 5", "Input.sequence");
        Refusal.of(() -> model.predict(Tensor.zeros(30)), "'series'", "(None, 5, 3)", "(30,)");
        Refusal.of(() -> model.predict(List.of(x, x)), "'forecast'", "1 input", "got 2");
        Refusal.of(() -> model.predict(List.of()), "'forecast'", "1 input", "got 0");
        Refusal.of(() -> model.network().execution(List.of(Shape.of(-1, 5, 3)), ExecutionMode.INFERENCE), "'series'",
                "(None, 5, 3)");
    }

    @Test
    void inputsOfDifferentNumbersOfSamples() {
        Input a = Input.sequence(2).named("a");
        Input b = Input.shape(3).named("b");
        Input c = Input.shape(3);
        try (Model two = Model.of(List.of(a, b, c), List.of(Lstm.units(3).on(a, State.of(b, c))))) {
            Refusal.of(() -> two.predict(List.of(Tensor.zeros(4, 2, 2), Tensor.zeros(5, 3), Tensor.zeros(4, 3))),
                    "'b'", "5 samples", "'a'", "4", "same number");
        }
        try (Model fixed = Sequential.of(Input.batchShape(4, 5, 3), Lstm.units(2))) {
            Refusal.of(() -> fixed.predict(Tensor.zeros(6, 5, 3)), "batches of 4", "6 samples", "multiple of 4");
            assertEquals(Shape.of(8, 2), fixed.predict(Tensor.zeros(8, 5, 3)).shape());
            assertEquals(Shape.of(0, 2), fixed.predict(Tensor.zeros(0, 5, 3)).shape());
            Refusal.of(() -> fixed.predict(Tensor.zeros(8, 4, 3)), "(None, 5, 3)", "(8, 4, 3)", "4 time steps",
                    "declared for 5", "cut or pad");
            Refusal.of(() -> fixed.predict(Tensor.zeros(8, 5)), "(None, 5, 3)", "(8, 5)", "[samples, time, features]");
            Refusal.of(() -> fixed.network().execution(List.of(Shape.of(2, 4, 3)), ExecutionMode.TRAINING), "(4, 5, 3)",
                    "(2, 4, 3)",
                    "4 time steps");
            Refusal.of(() -> fixed.network().execution(List.of(Shape.of(2, 5, 3)), ExecutionMode.TRAINING), "(4, 5, 3)",
                    "(2, 5, 3)",
                    "batches of 4", "batch size");
        }
    }

    /** Whichever input declares a batch, model and predictor keep to it. */
    @Test
    void aBatchDeclaredByTheSecondInput() {
        Input open = Input.shape(5, 3).named("open");
        Input fixed = Input.batchShape(4, 2).named("fixed");
        try (Model two = Model.of(List.of(open, fixed), List.of(Lstm.units(2).on(open), Dense.units(1).on(fixed)));
                Predictor predictor = two.predictor()) {
            List<Tensor> eight = List.of(Tensor.zeros(8, 5, 3), Tensor.zeros(8, 2));
            assertEquals(Shape.of(8, 2), two.predict(eight).getFirst().shape());
            assertEquals(Shape.of(8, 2), predictor.predict(eight).getFirst().shape());
            Refusal.of(() -> two.predict(List.of(Tensor.zeros(6, 5, 3), Tensor.zeros(6, 2))), "batches of 4",
                    "6 samples", "multiple of 4");
        }
    }

    /** Rows are counted in 31 bits: batch times time must fit, and the message says so before memory is asked for. */
    @Test
    void sizesThatOverflow() {
        try (Model open = Sequential.named("open", List.of(Input.sequence(1).named("in"), Lstm.units(1)))) {
            for (Shape shape : List.of(Shape.of(1 << 20, 1 << 20, 1), Shape.of(1L << 31, 1, 1),
                    Shape.of(1, 1L << 40, 1), Shape.of(1L << 40, 1L << 40, 1))) {
                Refusal.of(() -> open.network().execution(List.of(shape), ExecutionMode.INFERENCE), "'open'", "'in'",
                        shape.toString(), "smaller batch");
            }
        }
    }

    @Test
    void weights() {
        Weight kernel = model.weight("lstm/kernel");
        Refusal.of(() -> kernel.set(Tensor.zeros(16, 3)), "'lstm/kernel'", "(3, 16)", "(16, 3)");
        Refusal.of(() -> model.weight("lstm/kernal"), "'lstm/kernal'", "lstm/recurrent_kernel");
    }

    @Test
    void aModelThatIsClosed() {
        Model steps = streaming();
        ModelStream stream = steps.stream();
        Predictor predictor = model.predictor();
        predictor.predict(x);
        Weight weight = model.weights().getFirst();
        model.close();
        model.close();
        Refusal.ofState(() -> model.predict(x), "'forecast' is closed");
        Refusal.ofState(() -> predictor.predict(x), "'forecast' is closed");
        Refusal.ofState(() -> model.stream(), "'forecast' is closed");
        Refusal.ofState(() -> model.initialize(1), "'forecast' is closed");
        Refusal.ofState(() -> model.network().gradients(), "'forecast' is closed");
        Refusal.ofState(() -> model.threads(2), "'forecast' is closed");
        Refusal.ofState(() -> model.save(java.nio.file.Path.of("never.gatun")), "'forecast' is closed");
        Refusal.ofState(weight::get, "'lstm/kernel'", "closed");
        Refusal.ofState(() -> weight.set(Tensor.zeros(3, 16)), "'lstm/kernel'", "closed");
        predictor.close();
        steps.close();
        Refusal.ofState(() -> stream.step(MemorySegment.ofArray(new float[3]), MemorySegment.ofArray(new float[2])),
                "closed");
        stream.close();
        stream.close();
    }

    private static Model streaming() {
        return Sequential.of(Input.sequence(3), Lstm.units(2));
    }

    @Test
    void aTensorWhoseMemoryIsGone() {
        TensorArena arena = TensorArena.open("data");
        Tensor gone = arena.tensor("x", x.shape());
        arena.close();
        Refusal.ofState(() -> model.predict(gone), "(2, 5, 3)", "closed");
    }

    /** Whoever closes a model at work, the thread itself included, is told so, and the work goes on. */
    @Test
    void aModelAtWorkIsNotClosed() throws InterruptedException {
        AtomicReference<Throwable> closing = new AtomicReference<>();
        AtomicReference<Throwable> threads = new AtomicReference<>();
        try (SingleUser.Use use = model.network().use("train")) {
            Thread.ofPlatform().name("intruder").start(() -> {
                closing.set(thrownBy(model::close));
                threads.set(thrownBy(() -> model.threads(2)));
            }).join();
            Refusal.ofState(model::close, "'forecast' is in use", "close it", "let the work end first");
        }
        String worker = "'forecast' is in use by thread '" + Thread.currentThread().getName();
        Refusal.holds(closing.get(), worker, "'intruder'", "close it");
        Refusal.holds(threads.get(), worker, "'intruder'", "threads");
    }

    private static Throwable thrownBy(Runnable call) {
        try {
            call.run();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @Test
    void aPredictorThatIsClosed() {
        Predictor predictor = model.predictor();
        predictor.predict(x);
        int open = model.network().arena().openChildren().size();
        predictor.close();
        predictor.close();
        Refusal.ofState(() -> predictor.predict(x), "'forecast'", "predictor", "closed", "model.predictor()");
        assertEquals(open - 1, model.network().arena().openChildren().size());
    }

    @Test
    void streams() {
        try (Model steps = streaming(); ModelStream stream = steps.stream(2)) {
            Refusal.of(() -> stream.step(MemorySegment.ofArray(new float[5]), MemorySegment.ofArray(new float[4])),
                    "reads 6", "5");
            Refusal.of(() -> stream.step(MemorySegment.ofArray(new float[6]), MemorySegment.ofArray(new float[3])),
                    "writes 4", "3");
            Refusal.of(() -> stream.step(MemorySegment.ofArray(new float[6]),
                    MemorySegment.ofArray(new float[4]).asReadOnly()), "read-only");
        }
        try (Model back = Sequential.of(Input.sequence(3), Lstm.units(2).named("back").goBackwards())) {
            Refusal.of(() -> back.stream(), "LSTM 'back'", "backwards", "step by step");
        }
        try (Model flat = Sequential.of(Input.shape(3), Dense.units(2))) {
            Refusal.of(() -> flat.stream(), "one sequence");
        }
    }

    @Test
    void aSecondThreadWhileOneIsAtWork() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (SingleUser.Use use = model.network().use("train")) {
            Thread other = Thread.ofPlatform().name("intruder").start(() -> {
                try {
                    model.predict(x);
                } catch (Throwable refused) {
                    thrown.set(refused);
                }
            });
            other.join();
            Bits.same(model.predict(x).toArray(), before, "the thread that holds it may go on");
        }
        Refusal.holds(thrown.get(), "'forecast' is in use by thread '" + Thread.currentThread().getName(), "'intruder'",
                "predict", "model.predictor()");
    }

    /** Many threads at once: each is refused or gets the right numbers, and at least one gets them. */
    @Test
    void manyThreadsAtOnce() throws InterruptedException {
        AtomicInteger right = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Together.run(4, thread -> {
            for (int call = 0; call < 50; call++) {
                try {
                    Bits.same(model.predict(x).toArray(), before, "beside other threads");
                    right.incrementAndGet();
                } catch (IllegalStateException inUse) {
                    Refusal.holds(inUse, "in use by thread");
                    refused.incrementAndGet();
                }
            }
        });
        assertEquals(200, right.get() + refused.get());
        assertTrue(right.get() > 0);
    }

    /** Each thread with its own predictor: nobody is refused. */
    @Test
    void manyPredictorsAtOnce() throws InterruptedException {
        Together.run(4, thread -> {
            try (Predictor predictor = model.predictor()) {
                for (int call = 0; call < 50; call++) {
                    Bits.same(predictor.predict(x).toArray(), before, "a predictor of thread " + thread);
                }
            }
        });
    }
}
