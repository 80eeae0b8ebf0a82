package dev.gatun.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.layers.Dense;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Gru;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.own.MinimalGatedCell;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Once compiled, a step allocates nothing on the heap. Before that the Vector API boxes in the interpreter, so each case
 * warms up until a round is free of allocation, and fails if that never comes.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS_PER_ROUND = 200;
    private static final int ROUNDS_IN_A_ROW = 10;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Tensor x = Tensor.zeros(5, 7, 4);

    @Test
    void streamStep() {
        try (Model model = Sequential.of(
                Input.shape(Shape.UNKNOWN, 8), Lstm.units(16).returnSequences(), Lstm.units(24), Dense.units(3));
                ModelStream stream = model.stream();
                Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(8 * Float.BYTES);
            MemorySegment y = arena.allocate(3 * Float.BYTES);
            assertFreeOfAllocation(() -> stream.step(x, y));
        }
    }

    /** Functions with kernels of their own, which are asked for at each step whether they are compiled. */
    @ParameterizedTest
    @ValueSource(strings = {"hard_sigmoid", "hard_silu", "softsign"})
    void streamStepOfOtherActivations(String activation) {
        try (Model model = Sequential.of(Input.sequence(8),
                Lstm.units(16).activation(activation).recurrentActivation("hard_sigmoid").returnSequences(),
                Gru.units(8).activation(activation).recurrentActivation("hard_sigmoid"),
                Dense.units(3).activation(activation));
                ModelStream stream = model.stream();
                Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(8 * Float.BYTES);
            MemorySegment y = arena.allocate(3 * Float.BYTES);
            assertFreeOfAllocation(() -> stream.step(x, y));
        }
    }

    /** What is the same for all streams of a model is not made for each: strings, the look at the graph, plans. */
    @Test
    void oneStreamMoreCostsItsStateAndLittleElse() {
        int count = 5000;
        List<ModelStream> streams = new ArrayList<>(count);
        try (Model model = Sequential.of(
                Input.sequence(8), Lstm.units(64).returnSequences(), Lstm.units(64), Dense.units(1))) {
            model.stream().close();
            long heap = THREADS.getCurrentThreadAllocatedBytes();
            long memory = model.network().arena().allocatedBytes();
            for (int i = 0; i < count; i++) {
                streams.add(model.stream());
            }
            long heapEach = (THREADS.getCurrentThreadAllocatedBytes() - heap) / count;
            long nativeEach = (model.network().arena().allocatedBytes() - memory) / count;
            assertTrue(heapEach <= 450, heapEach + " bytes of heap for each stream");
            long state = 2 * 2 * 64 * Float.BYTES;
            assertTrue(nativeEach <= state + state / 10, nativeEach + " bytes for a state of " + state);
            streams.forEach(ModelStream::close);
        }
    }

    @Test
    void streamStepOfAnOwnCell() {
        try (Model model = Sequential.of(Input.sequence(8), Rnn.stack(MinimalGatedCell.units(16), LstmCell.units(8)));
                ModelStream stream = model.stream();
                Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(8 * Float.BYTES);
            MemorySegment y = arena.allocate(8 * Float.BYTES);
            assertFreeOfAllocation(() -> stream.step(x, y));
        }
    }

    @Test
    void streamStepOfCausalConvolutions() {
        try (Model model = Sequential.of(Input.sequence(8), Conv1D.of(16, 3).padding("causal"),
                Conv1D.of(6, 2).padding("causal").dilationRate(4).groups(2));
                ModelStream stream = model.stream();
                Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(8 * Float.BYTES);
            MemorySegment y = arena.allocate(6 * Float.BYTES);
            assertFreeOfAllocation(() -> stream.step(x, y));
        }
    }

    @Test
    void forwardAndBackwardOfConvolutionsAndPoolings() {
        try (Model model = Sequential.of(Input.shape(7, 4), Conv1D.of(18, 3).padding("same"), MaxPooling1D.of(2),
                UpSampling1D.of(3), SeparableConv1D.of(6, 2).depthMultiplier(2), Conv1DTranspose.of(5, 2).strides(2),
                AveragePooling1D.of(2), GlobalAveragePooling1D.of())) {
            Execution execution = model.network().execution(List.of(x.shape()), ExecutionMode.TRAINING);
            assertFreeOfAllocation(() -> {
                execution.load(0, x, 0);
                execution.forward();
                execution.backward();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inferenceOfASequence(boolean ownCell) {
        try (Model model = model(ownCell)) {
            Execution execution = model.network().execution(List.of(x.shape()), ExecutionMode.INFERENCE);
            Tensor y = Tensor.zeros(5, 2);
            assertFreeOfAllocation(() -> {
                execution.load(0, x, 0);
                execution.forward();
                execution.read(0, y, 0);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forwardAndBackward(boolean ownCell) {
        try (Model model = model(ownCell)) {
            Execution execution = model.network().execution(List.of(x.shape()), ExecutionMode.TRAINING);
            assertFreeOfAllocation(() -> {
                execution.load(0, x, 0);
                execution.forward();
                execution.backward();
            });
        }
    }

    /** A training's step through layers that look at rows and boxes of numbers, and draw a random number for each. */
    @Test
    void normalizationsAndNoise() {
        try (Model model = Sequential.of(Input.shape(7, 4), BatchNormalization.of(), LayerNormalization.of(),
                PRelu.of().sharedAxes(1), GaussianNoise.stddev(0.1), LayerNormalization.of().axis(1, 2),
                GaussianDropout.rate(0.1), GroupNormalization.groups(2), SpatialDropout1D.rate(0.2),
                LeakyRelu.slope(0.1),
                RmsNormalization.of(), AlphaDropout.rate(0.1), BatchNormalization.of().axis(1), Dense.units(2))) {
            Execution execution = model.network().execution(List.of(x.shape()), ExecutionMode.TRAINING);
            assertFreeOfAllocation(() -> {
                execution.load(0, x, 0);
                execution.forward();
                execution.learnBuffers();
                execution.backward();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(value = ExecutionMode.class, names = {"INFERENCE", "TRAINING"})
    void attention(ExecutionMode mode) {
        for (Layer layer : List.of(MultiHeadAttention.of(2, 3).useCausalMask().dropout(0.1),
                AdditiveAttention.of())) {
            Input input = Input.shape(7, 4);
            try (Model model = Model.of(input, Dense.units(2).on(layer.on(input)))) {
                Execution execution = model.network().execution(List.of(x.shape()), mode);
                assertFreeOfAllocation(() -> {
                    execution.load(0, x, 0);
                    execution.forward();
                    if (mode.gradients()) {
                        execution.backward();
                    }
                });
            }
        }
    }

    private static Model model(boolean ownCell) {
        return Sequential.of(Input.shape(7, 4),
                ownCell
                        ? Rnn.of(MinimalGatedCell.units(16)).returnSequences().goBackwards()
                        : Lstm.units(16).returnSequences(),
                Lstm.units(20), Dense.units(2));
    }

    /** Waits for several rounds in a row without allocation: a late recompilation may interrupt the first of them. */
    private static void assertFreeOfAllocation(Runnable step) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        int free = 0;
        long bytes = 0;
        while (free < ROUNDS_IN_A_ROW && System.nanoTime() < deadline) {
            bytes = bytesOfARound(step);
            free = bytes == 0 ? free + 1 : 0;
        }
        assertEquals(ROUNDS_IN_A_ROW, free, "rounds in a row of " + STEPS_PER_ROUND
                + " steps without allocation; the last round allocated " + bytes + " bytes");
    }

    private static long bytesOfARound(Runnable step) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STEPS_PER_ROUND; i++) {
            step.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
