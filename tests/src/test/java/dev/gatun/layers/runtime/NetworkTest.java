package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.NormalTensor;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A graph with weights: who may use it and until when, which layers are trained, on how many threads it runs. */
final class NetworkTest {

    private static final List<Shape> SHAPES = List.of(Shape.of(2, 5, 3));

    private final Input x = Input.sequence(3).named("x");
    private final Network network = new Network(Graph.of("m", false, List.of(x),
            List.of(Dense.units(1).named("top").on(Lstm.units(4).returnSequences().named("lstm").on(x)))));

    @AfterEach
    void close() {
        network.close();
    }

    private List<Executable> calls(Team team, TensorArena arena) {
        return List.of(() -> network.execution(SHAPES, ExecutionMode.INFERENCE),
                () -> network.newExecution(SHAPES, ExecutionMode.INFERENCE, team),
                () -> network.newExecution(List.of("lstm"), SHAPES, team),
                () -> network.streamState(1, null), () -> network.streamState(1, team), network::gradients,
                () -> network.moments(1), () -> network.trainable("top", false), () -> network.initialize(1),
                () -> network.threads(1), () -> network.publisher(arena), () -> network.use("predict"),
                () -> network.given(List.of(Tensor.zeros(2, 5, 3)), List.of()), () -> network.progress(null),
                network::requireOpen);
    }

    @Test
    void whatIsClosedSaysSoAtEveryCall() {
        Team team = new Team(1);
        try (TensorArena arena = TensorArena.open("publisher")) {
            network.close();
            for (Executable call : calls(team, arena)) {
                assertEquals("Model 'm' is closed; its weights are gone. Load it again, or close it later",
                        assertThrows(IllegalStateException.class, call).getMessage());
            }
        }
        assertFalse(network.arena().isOpen());
        network.close();
    }

    /** By whoever closes the memory itself. */
    @Test
    void memoryThatWasFreedIsNoModel() {
        network.arena().close();
        for (Executable call : List.<Executable>of(network::requireOpen, () -> network.use("predict"),
                () -> network.execution(SHAPES, ExecutionMode.INFERENCE))) {
            assertEquals("The memory of model 'm' has been freed. Load it again, or close its arena later",
                    assertThrows(IllegalStateException.class, call).getMessage());
        }
    }

    /** Whoever has been inside is outside again, so that another thread may come. */
    @Test
    void nobodyStaysInside() throws InterruptedException {
        Team team = new Team(1);
        try (TensorArena arena = TensorArena.open("publisher")) {
            for (Executable call : calls(team, arena)) {
                try {
                    call.execute();
                } catch (Throwable failed) {
                    throw new AssertionError(failed);
                }
            }
        }
        network.users().own().exit(); // of use("predict")
        Throwable[] said = new Throwable[1];
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                network.use("predict").close();
            } catch (IllegalStateException refused) {
                said[0] = refused;
            }
        });
        other.join();
        assertEquals(null, said[0]);
    }

    @Test
    void layersAreFrozenAndThawed() {
        ParameterBlock.Entry kernel = network.parameters().entries().stream()
                .filter(entry -> entry.name().equals("lstm/kernel")).findFirst().orElseThrow();
        assertTrue(network.isTrained(kernel));
        Execution trains = network.execution(SHAPES, ExecutionMode.TRAINING);
        network.trainable("lstm", false);
        assertFalse(trains.isOpen(), "it was planned with gradients of the layer");
        assertFalse(network.isTrained(kernel));
        assertTrue(network.weights().named("top/kernel").isTrainable());
        assertFalse(network.weights().named("lstm/bias").isTrainable());
        network.trainable("lstm", true);
        assertTrue(network.isTrained(kernel));
    }

    @Test
    void teamsAreChangedAndEndWithTheModel() {
        Team first = network.team();
        assertSame(network, network.threads(2));
        assertEquals(2, network.threads());
        Team second = network.team();
        Execution execution = network.execution(SHAPES, ExecutionMode.INFERENCE);
        assertThrows(IllegalStateException.class, () -> first.run((member, size) -> {}));
        network.threads(1);
        assertFalse(execution.isOpen(), "plans are made for a team");
        assertThrows(IllegalStateException.class, () -> second.run((member, size) -> {}));
        Team guest = new Team(2);
        Execution ofGuest = network.newExecution(SHAPES, ExecutionMode.INFERENCE, guest);
        network.threads(2);
        Team last = network.team();
        network.close();
        assertThrows(IllegalStateException.class, () -> last.run((member, size) -> {}));
        assertFalse(ofGuest.isOpen());
        assertThrows(IllegalStateException.class, () -> guest.run((member, size) -> {}));
    }

    @Test
    void partsOfAModelAreMadeForSizesThatFitIt() {
        Team team = new Team(1);
        assertEquals(Shape.of(2, 5, 4), network.newExecution(List.of("lstm"), SHAPES, team).output(0).shape());
        String said = assertThrows(ShapeException.class,
                () -> network.newExecution(List.of("lstm"), List.of(Shape.of(2, 5, 4)), team)).getMessage();
        assertTrue(said.contains("the data have 4 features per step, the model was built for 3"), said);
    }

    /** An execution of somebody else adds to the same gradients as the network's own. */
    @Test
    void gradientsOfAllExecutionsAreAddedUp() {
        Execution guest = network.newExecution(SHAPES, ExecutionMode.DIFFERENTIATION, new Team(1));
        Execution own = network.execution(SHAPES, ExecutionMode.DIFFERENTIATION);
        for (Execution each : List.of(guest, own)) {
            each.load(0, NormalTensor.of(3, 2, 5, 3), 0);
            each.forward();
            RowsView gradient = each.outputGradient(0);
            for (int row = 0; row < 2 * 5; row++) {
                gradient.segment().set(ValueLayout.JAVA_FLOAT, gradient.at(row), 1f);
            }
            each.backward();
        }
        assertEquals(2 * 2 * 5, network.weights().named("top/bias").get(network.gradients()).toArray()[0]);
    }

    @Test
    void theShapesOfOutputsAreThoseDeclared() {
        assertEquals(List.of(Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, 1)), network.outputShapes());
    }

    private static float[] run(Execution execution) {
        execution.forward();
        Tensor result = Tensor.zeros(2, 5, 1);
        execution.read(0, result, 0);
        return result.toArray();
    }

    /** What serves reads whole versions, and the network itself what the training has made of its numbers. */
    @Test
    void executionsReadWhatATrainingPublishes() {
        Execution own = network.execution(SHAPES, ExecutionMode.INFERENCE);
        Execution serving = network.newExecution(SHAPES, ExecutionMode.INFERENCE, new Team(1));
        Tensor data = NormalTensor.of(3, 2, 5, 3);
        own.load(0, data, 0);
        serving.load(0, data, 0);
        network.initialize(1);
        float[] before = run(own);
        assertArrayEquals(before, run(serving));
        try (TensorArena copies = TensorArena.open("copies"); WeightPublisher publisher = network.publisher(copies)) {
            network.initialize(2);
            float[] after = run(own);
            assertFalse(Arrays.equals(before, after));
            assertArrayEquals(before, run(serving));
            publisher.publish();
            assertArrayEquals(after, run(serving));
            network.initialize(3);
            assertArrayEquals(after, run(serving));
        }
        assertArrayEquals(run(own), run(serving));
    }

    @Test
    void theStateOfATrainingIsKept() {
        assertEquals(Optional.empty(), network.progress());
        Progress progress = new Progress() {
            @Override
            public long steps() {
                return 7;
            }

            @Override
            public long epochs() {
                return 1;
            }
        };
        network.progress(progress);
        assertSame(progress, network.progress().orElseThrow());
    }
}
