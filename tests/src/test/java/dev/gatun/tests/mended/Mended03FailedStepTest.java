package dev.gatun.tests.mended;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issue D, number 3: a step that fails changes nothing, and so does every other call that is given memory it cannot use. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class Mended03FailedStepTest {

    private static final int STEPS = 12;
    private static final int IN = 3;
    private static final int OUT = 2;

    private final Model model = Sequential.named("x", List.of(Input.sequence(IN), Lstm.units(5).returnSequences(),
            Dense.units(OUT)));
    private final float[][] x = new float[STEPS][];
    private final float[][] expected = new float[STEPS][OUT];

    Mended03FailedStepTest() {
        try (ModelStream stream = model.stream()) {
            for (int t = 0; t < STEPS; t++) {
                x[t] = EnginePass.uniform(IN, t + 1, 1);
                stream.step(MemorySegment.ofArray(x[t]), MemorySegment.ofArray(expected[t]));
            }
        }
    }

    @AfterEach
    void close() {
        model.close();
    }

    /** The step t by good memory is the step t of a stream that was never refused anything. */
    private void step(ModelStream stream, int t) {
        float[] result = new float[OUT];
        stream.step(MemorySegment.ofArray(x[t]), MemorySegment.ofArray(result));
        Bits.same(result, expected[t], "step " + t);
    }

    @Test
    void memoryThatCannotBeUsedIsFoundBeforeTheStateAdvances() throws InterruptedException {
        MemorySegment closed;
        try (Arena arena = Arena.ofConfined()) {
            closed = arena.allocate(64);
        }
        AtomicReference<MemorySegment> confined = new AtomicReference<>();
        Thread owner = Thread.ofPlatform().start(() -> confined.set(Arena.ofConfined().allocate(64)));
        owner.join();
        MemorySegment good = MemorySegment.ofArray(new float[16]);
        MemorySegment small = MemorySegment.ofArray(new byte[7]);
        List<MemorySegment[]> pairs = List.of(
                new MemorySegment[] {good, closed}, new MemorySegment[] {closed, good},
                new MemorySegment[] {good, confined.get()}, new MemorySegment[] {confined.get(), good},
                new MemorySegment[] {good, small}, new MemorySegment[] {small, good},
                new MemorySegment[] {good, good.asReadOnly()}, new MemorySegment[] {good, null},
                new MemorySegment[] {null, good});
        try (ModelStream stream = model.stream()) {
            for (int t = 0; t < pairs.size(); t++) {
                MemorySegment[] pair = pairs.get(t);
                assertNotNull(Words.of(() -> stream.step(pair[0], pair[1])), "pair " + t);
                step(stream, t);
            }
            Words.hold(Words.of(() -> stream.step(good, closed)), "for result has been freed", "Keep it open");
            Words.hold(Words.of(() -> stream.step(closed, good)), "for x has been freed");
            Words.hold(Words.of(() -> stream.step(good, confined.get())), "for result belongs to another thread",
                    "Arena.ofShared()");
            step(stream, pairs.size());
        }
    }

    @Test
    void anyOtherMemoryWorks() {
        try (ModelStream stream = model.stream(); Arena arena = Arena.ofConfined()) {
            MemorySegment[] homes = {arena.allocate(64), arena.allocate(65).asSlice(1),
                MemorySegment.ofArray(new byte[65]).asSlice(1), MemorySegment.ofArray(new long[8]),
                MemorySegment.ofArray(new short[32]).asSlice(2), Arena.ofAuto().allocate(64)};
            for (int t = 0; t < homes.length; t++) {
                // Overlapping: the result lies over the second and third number of x.
                MemorySegment in = homes[t].asSlice(0, IN * Float.BYTES);
                MemorySegment out = homes[t].asSlice(Float.BYTES, OUT * Float.BYTES);
                MemorySegment.copy(MemorySegment.ofArray(x[t]), 0, in, 0, in.byteSize());
                stream.step(in.asReadOnly(), out);
                float[] result = {out.get(JAVA_FLOAT_UNALIGNED, 0), out.get(JAVA_FLOAT_UNALIGNED, Float.BYTES)};
                Bits.same(result, expected[t], "home " + t);
            }
        }
    }

    /** Memory freed at any moment of a step: the state is as before, or the stream says that it must be reset. */
    @Test
    void memoryFreedWithinAStep() throws InterruptedException {
        AtomicInteger lost = new AtomicInteger();
        try (ModelStream stream = model.stream()) {
            for (int round = 0; round < 300; round++) {
                stream.reset();
                Arena arena = Arena.ofShared();
                MemorySegment in = arena.allocate(IN * Float.BYTES);
                MemorySegment out = arena.allocate(OUT * Float.BYTES);
                int turns = 100 * round % 3_000;
                Thread closer = Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < turns; i++) {
                        Thread.onSpinWait();
                    }
                    arena.close();
                });
                int done = 0;
                Throwable thrown = null;
                while (thrown == null) {
                    MemorySegment from = round % 2 == 0 ? in : MemorySegment.ofArray(x[0]);
                    thrown = Words.of(() -> stream.step(from, out));
                    done += thrown == null ? 1 : 0;
                }
                Words.hold(thrown, "The memory given to a step for ", "has been freed");
                join(closer);
                goesOn(stream, done, round % 2 == 0 ? new float[IN] : x[0], lost);
            }
        }
        assertTrue(lost.get() < 300, "every step failed halfway");
    }

    private void goesOn(ModelStream stream, int done, float[] fed, AtomicInteger lost) {
        float[] result = new float[OUT];
        Throwable broken = Words.of(() -> stream.step(MemorySegment.ofArray(fed), MemorySegment.ofArray(result)));
        if (broken != null) {
            Words.hold(broken, "failed halfway", "reset()");
            lost.incrementAndGet();
            stream.reset();
            step(stream, 0);
            return;
        }
        float[] same = new float[OUT];
        try (ModelStream other = model.stream()) {
            for (int t = 0; t <= done; t++) {
                other.step(MemorySegment.ofArray(fed), MemorySegment.ofArray(same));
            }
        }
        Bits.same(result, same, "the step after " + done);
    }

    @Test
    void predictionsOfMemoryThatIsGoneOrOfAnotherThread() throws InterruptedException {
        Tensor[] bad = bad(Shape.of(2, 4, IN));
        Tensor good = Tensor.of(EnginePass.uniform(2 * 4 * IN, 7, 1), 2, 4, IN);
        float[] before = model.predict(good).toArray();
        try (Predictor predictor = model.predictor()) {
            Words.hold(Words.of(() -> model.predict(bad[0])), "(2, 4, 3)", "has been freed");
            Words.hold(Words.of(() -> predictor.predict(bad[0])), "(2, 4, 3)", "has been freed");
            Words.hold(Words.of(() -> model.predict(bad[1])), "(2, 4, 3)", "belongs to another thread");
            Words.hold(Words.of(() -> predictor.predict(bad[1])), "(2, 4, 3)", "belongs to another thread");
            Bits.same(predictor.predict(good).toArray(), before, "predictor");
        }
        Bits.same(model.predict(good).toArray(), before, "model");
    }

    /** All the numbers, or none. */
    @Test
    void aWeightIsSetWholeOrNotAtAll() throws InterruptedException {
        Weight kernel = model.weight("lstm/kernel");
        float[] before = kernel.get().toArray();
        Tensor[] bad = bad(kernel.shape());
        Words.hold(Words.of(() -> kernel.set(bad[0])), "has been freed");
        Words.hold(Words.of(() -> kernel.set(bad[1])), "belongs to another thread");
        assertNotNull(Words.of(() -> kernel.set(Tensor.zeros(1, 2))));
        Bits.same(kernel.get().toArray(), before, "after refusals");
        for (int round = 0; round < 200; round++) {
            Arena arena = Arena.ofShared();
            Tensor ones = new Tensor(arena.allocate(kernel.shape().floatBytes()), 0, kernel.shape(),
                    kernel.shape().last());
            ones.segment().fill((byte) 1);
            Thread closer = Thread.ofPlatform().start(arena::close);
            Throwable thrown = null;
            while (thrown == null) {
                thrown = Words.of(() -> kernel.set(ones));
            }
            Words.hold(thrown, "has been freed");
            join(closer);
            float[] now = kernel.get().toArray();
            float first = now[0];
            for (float number : now) {
                assertTrue(first == before[0] || number == first, "half a weight was set");
            }
            kernel.set(Tensor.of(before, kernel.shape().toArray()));
        }
        try (Arena arena = Arena.ofConfined()) {
            Tensor fromNative = new Tensor(arena.allocate(kernel.shape().floatBytes() + 1), 1, kernel.shape(),
                    kernel.shape().last());
            Tensor.of(before, kernel.shape().toArray()).copyTo(fromNative);
            kernel.set(fromNative);
        }
        Bits.same(kernel.get().toArray(), before, "from unaligned native memory");
    }

    /** The JVM interrupts a thread that it finds at work on memory that another one frees. */
    private static void join(Thread closer) throws InterruptedException {
        Thread.interrupted();
        closer.join();
    }

    /** A tensor whose memory has been freed, and one of another thread alone. */
    private static Tensor[] bad(Shape shape) throws InterruptedException {
        Tensor[] bad = new Tensor[2];
        Thread owner = Thread.ofPlatform().start(() -> {
            try (Arena arena = Arena.ofConfined()) {
                bad[0] = new Tensor(arena.allocate(shape.floatBytes()), 0, shape, shape.last());
            }
            bad[1] = new Tensor(Arena.ofConfined().allocate(shape.floatBytes()), 0, shape, shape.last());
        });
        owner.join();
        assertEquals(false, bad[0].segment().scope().isAlive());
        return bad;
    }
}
