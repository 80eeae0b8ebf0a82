package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of a network: which plans they step on, and what each of them carries. */
final class StreamPlansTest {

    private static final int INPUTS = 3;
    private static final int OUTPUTS = 5;

    private final Input x = Input.sequence(INPUTS).named("x");
    private final Network network = network(Lstm.units(OUTPUTS).returnSequences());
    private final StreamPlans plans = new StreamPlans(network, network.graph(), network.arena());

    private Network network(Lstm lstm) {
        Network made = new Network(Graph.of("m", false, List.of(x), List.of(lstm.named("lstm").on(x))));
        made.initialize(7);
        return made;
    }

    @AfterEach
    void close() {
        network.close();
    }

    private static float[] step(StreamState stream, float number) {
        float[] in = new float[stream.inputLength()];
        Arrays.fill(in, number);
        MemorySegment out = MemorySegment.ofArray(new float[stream.outputLength()]);
        stream.step(MemorySegment.ofArray(in), out);
        return out.toArray(JAVA_FLOAT);
    }

    @Test
    void plansOfABatchAreShared() {
        assertSame(plans.pool(2), plans.pool(2));
        assertNotSame(plans.pool(2), plans.pool(3));
        assertEquals(2 * INPUTS, plans.pool(2).inputLength());
        assertEquals(2 * OUTPUTS, plans.pool(2).outputLength());
        assertSame(plans.states(), plans.states());
        try (Team team = new Team(1)) {
            StreamPlans.Pool own = plans.ownPool(2, team);
            assertNotSame(own, plans.pool(2));
            assertNotSame(own, plans.ownPool(2, team));
        }
    }

    /** A plan is for one thread at a time; one more is made only if all are in use. */
    @Test
    void aPlanThatIsFreeIsTakenAgain() {
        StreamPlans.Pool pool = plans.pool(1);
        StreamPlans.Seat first = pool.take(null);
        StreamPlans.Seat second = pool.take(first);
        assertNotSame(first, second);
        first.leave();
        assertSame(first, pool.take(null));
        second.leave();
        first.leave();
        assertSame(second, pool.take(second), "the one used last, whose numbers are in the cache");
        assertSame(first, pool.take(second));
        StreamPlans.Seat third = pool.take(second);
        assertNotSame(first, third);
        assertNotSame(second, third);
        pool.close();
        for (StreamPlans.Seat seat : List.of(first, second, third)) {
            assertFalse(seat.execution().isOpen());
        }
    }

    @Test
    void everyStreamGoesOnFromItsOwnState() {
        try (StreamState one = network.streamState(2, null); StreamState other = network.streamState(2, null)) {
            float[] first = step(one, 1);
            float[] second = step(one, 1);
            assertFalse(Arrays.equals(first, second));
            assertArrayEquals(first, step(other, 1));
            assertArrayEquals(second, step(other, 1));
            float[] third = step(one, 2);
            other.copyFrom(one);
            float[] fourth = step(one, 1);
            assertArrayEquals(fourth, step(other, 1));
            one.reset();
            assertArrayEquals(first, step(one, 1));
            assertFalse(Arrays.equals(third, fourth));
        }
    }

    private int plansThere() {
        return network.arena().openChildren().size();
    }

    /** The plan is there before the first step, and memory does not grow with steps or streams. */
    @Test
    void streamsOfABatchStepOnOnePlan() {
        try (StreamState one = network.streamState(2, null); StreamState other = network.streamState(2, null)) {
            assertEquals(0, plansThere());
            one.plan();
            assertEquals(1, plansThere());
            other.plan();
            step(one, 1);
            step(other, 1);
            step(one, 1);
            assertEquals(1, plansThere());
        }
        assertEquals(1, plansThere(), "what is shared stays");
    }

    @Test
    void aStreamOnThreadsOfItsOwnFreesItsPlans() {
        try (Team team = new Team(2); StreamState shared = network.streamState(2, null)) {
            float[] expected = step(shared, 1);
            StreamState own = network.streamState(2, team);
            assertArrayEquals(expected, step(own, 1));
            assertEquals(2, plansThere());
            own.close();
            assertEquals(1, plansThere());
            assertTrue(own.isOpen(), "the model's memory is there");
        }
        StreamState late = network.streamState(1, null);
        network.close();
        assertFalse(late.isOpen());
    }

    @Test
    void rowsOfAClosedStreamGoToTheNext() {
        StreamState first = network.streamState(1, null);
        float[] begin = step(first, 1);
        first.close();
        try (StreamState next = network.streamState(1, null)) {
            assertArrayEquals(begin, step(next, 1), "from zero");
            long there = network.arena().allocatedBytes();
            for (int i = 0; i < 5000; i++) {
                network.streamState(1, null).close();
            }
            assertEquals(there, network.arena().allocatedBytes());
        }
    }

    /** One step of two sequences of four. */
    private static float[] step(float[] sequences, int step, int width) {
        float[] numbers = Arrays.copyOfRange(sequences, step * width, (step + 5) * width);
        System.arraycopy(numbers, 4 * width, numbers, width, width);
        return Arrays.copyOf(numbers, 2 * width);
    }

    /** Of layers that run as one each has a state of its own. */
    @Test
    void everyLayerOfAStackGoesOnFromItsOwnState() {
        try (Model model = Sequential.of(x, Lstm.units(OUTPUTS).returnSequences(),
                Lstm.units(OUTPUTS).returnSequences());
                StreamState stream = model.network().streamState(2, null)) {
            float[] data = EnginePass.uniform(2 * 4 * INPUTS, 1, 3);
            float[] whole = model.predict(Tensor.of(data, 2, 4, INPUTS)).toArray();
            for (int step = 0; step < 4; step++) {
                MemorySegment out = MemorySegment.ofArray(new float[2 * OUTPUTS]);
                stream.step(MemorySegment.ofArray(step(data, step, INPUTS)), out);
                assertArrayEquals(step(whole, step, OUTPUTS), out.toArray(JAVA_FLOAT), "step " + step);
            }
        }
    }

    @Test
    void whatCannotStepIsRefusedEveryTime() {
        network.requireSteps();
        try (Network back = network(Lstm.units(OUTPUTS).goBackwards())) {
            assertThrows(IllegalArgumentException.class, back::requireSteps);
            assertThrows(IllegalArgumentException.class, back::requireSteps);
        }
    }

    /** A model that carries nothing has streams all the same. */
    @Test
    void aStreamMayCarryNothing() {
        try (Network flat = new Network(Graph.of("m", false, List.of(x), List.of(Dense.units(2).on(x))));
                StreamState one = flat.streamState(1, null);
                StreamState other = flat.streamState(1, null)) {
            flat.initialize(3);
            other.copyFrom(one);
            one.reset();
            assertArrayEquals(step(one, 1), step(other, 1));
        }
    }
}
