package dev.gatun.tests.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.ExecutionCache;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.OptimizerState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that are missing, out of range, or change after they were given: the method and the argument are named. */
final class ArgumentFaultTest {

    private static final List<Shape> SHAPES = List.of(Shape.of(2, 5, 3));

    private final Model model = Sequential.named("forecast", List.of(
            Input.sequence(3).named("series"), Lstm.units(4).returnSequences(), Dense.units(2)));

    @AfterEach
    void close() {
        model.close();
    }

    private static void missing(Executable call, String... parts) {
        NullPointerException thrown = assertThrows(NullPointerException.class, call);
        Refusal.holds(thrown, "is null; give");
        Refusal.holds(thrown, parts);
    }

    @Test
    void whatIsMissingIsNamed() {
        missing(() -> model.warmUp((Shape[]) null), "Model.warmUp", "shapes");
        missing(() -> model.warmUp((Shape) null), "Model.warmUp", "element 0 of shapes");
        missing(() -> model.network().newExecution(SHAPES, ExecutionMode.INFERENCE, null), "Model.newExecution",
                "team");
        missing(() -> model.network().newExecution(List.of("lstm"), SHAPES, null), "Model.newExecution", "team");
        missing(() -> model.network().newExecution((List<String>) null, SHAPES, model.network().team()),
                "Model.newExecution", "values");
        missing(() -> model.graph().upTo(null), "Graph.upTo", "values");
        MemorySegment memory = MemorySegment.ofArray(new float[3]);
        try (ModelStream stream = model.stream()) {
            missing(() -> stream.step(null, memory), "ModelStream.step", "x is");
            missing(() -> stream.step(memory, null), "ModelStream.step", "result is");
            stream.step(memory, memory);
        }
    }

    @Test
    void anOptimizersStateNeedsAllItsParts() {
        ParameterBlock weights = model.network().parameters();
        missing(() -> OptimizerState.start(null, weights, model.network().arena()), "OptimizerState.start",
                "optimizer");
        missing(() -> OptimizerState.start(Adam.rate(1), null, model.network().arena()), "OptimizerState.start",
                "weights");
        missing(() -> OptimizerState.start(Adam.rate(1), weights, null), "OptimizerState.start", "arena");
        missing(() -> OptimizerState.resume(null, weights, entry -> true, model.network().arena()),
                "OptimizerState.resume", "state");
        OptimizerState state = OptimizerState.start(Adam.rate(1), weights, model.network().arena());
        missing(() -> state.step(null, model.network().gradients(), model.network().team()), "OptimizerState.step",
                "weights");
        missing(() -> state.step(weights, null, model.network().team()), "OptimizerState.step", "gradients");
        missing(() -> state.step(weights, model.network().gradients(), null), "OptimizerState.step", "team");
        assertEquals(0, state.steps());
    }

    @Test
    void momentsAreCountedFromNone() {
        Refusal.of(() -> model.network().moments(-1), "Model.moments", "count is -1", "at least 0");
        assertEquals(List.of(), model.network().moments(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void indicesSayWhatThereIs(int index) {
        Execution execution = model.network().execution(SHAPES, ExecutionMode.TRAINING);
        Tensor x = Tensor.zeros(2, 5, 3);
        Map<String, Executable> inputs = Map.of(
                "Execution.input:", () -> execution.input(index),
                "Execution.load:", () -> execution.load(index, x, 0),
                "Execution.load: ", () -> execution.load(index, x, new int[] {0, 1}, 0),
                "Execution.readInputGradient:", () -> execution.readInputGradient(index, x),
                "Graph.inputShape:", () -> model.graph().inputShape(index),
                "Graph.inputName:", () -> model.graph().inputName(index));
        inputs.forEach((name, call) -> outside(call, name, index, "there is 1 input; give 0"));
        Map<String, Executable> outputs = Map.of(
                "Execution.output:", () -> execution.output(index),
                "Execution.outputRows:", () -> execution.outputRows(index),
                "Execution.outputGradient:", () -> execution.outputGradient(index),
                "Execution.read:", () -> execution.read(index, x, 0),
                "Graph.shape:", () -> model.graph().shape(new Graph.Ref(0, index)));
        outputs.forEach((name, call) -> outside(call, name, index, "there is 1 output; give 0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void indicesOfCallsSayWhatThereIs(int index) {
        Execution execution = model.network().execution(SHAPES, ExecutionMode.TRAINING);
        outside(() -> execution.stateGradients(index), "Execution.stateGradients:", index, "there are 2 calls");
        outside(() -> model.graph().shape(new Graph.Ref(index, 0)), "Graph.shape:", index,
                "there are 3 steps; give 0 to 2");
        outside(() -> model.graph().layerOf(new Graph.Step(index, 0, CallArguments.of(List.of()), List.of())),
                "Graph.layerOf:", index,
                "there are 3 layers");
        assertEquals(List.of(), execution.stateGradients(1), "Dense has no state");
    }

    private static void outside(Executable call, String name, int index, String there) {
        Refusal.holds(assertThrows(IndexOutOfBoundsException.class, call), name.strip(), " is " + index + ", but",
                there);
    }

    /** A model that has been checked stays as it was, whatever becomes of the lists it was made of. */
    @Test
    void listsThatWereGivenMayChangeAfterwards() {
        Graph graph = model.graph();
        List<Graph.NamedLayer> layers = new ArrayList<>(graph.layers());
        List<Graph.Step> steps = new ArrayList<>();
        List<List<?>> given = new ArrayList<>(List.of(layers, steps));
        for (Graph.Step step : graph.steps()) {
            List<Graph.Ref> refs = new ArrayList<>(step.arguments().inputs());
            List<Shape> shapes = new ArrayList<>(step.outputShapes());
            Collections.addAll(given, refs, shapes);
            steps.add(new Graph.Step(step.layer(), step.callIndex(), CallArguments.of(refs), shapes));
        }
        List<Integer> inputs = new ArrayList<>(graph.inputs());
        List<Graph.Ref> outputs = new ArrayList<>(graph.outputs());
        Collections.addAll(given, inputs, outputs);
        Graph copy = new Graph("forecast", true, layers, steps, inputs, outputs);
        given.forEach(List::clear);
        assertEquals(graph, copy);
        assertThrows(UnsupportedOperationException.class, () -> copy.steps().clear());
    }

    @Test
    void nodesKeepTheirListsAndMaps() {
        ModelNodes nodes = ModelConfig.nodes(ModelConfig.toMap(model.graph()));
        Map<String, Layer> layers = new LinkedHashMap<>(nodes.layers());
        Map<String, List<LayerCall>> calls = new LinkedHashMap<>();
        nodes.calls().forEach((name, made) -> calls.put(name, new ArrayList<>(made)));
        List<Input> inputs = new ArrayList<>(nodes.inputs());
        List<Node> outputs = new ArrayList<>(nodes.outputs());
        ModelNodes copy = new ModelNodes("forecast", true, layers, calls, inputs, outputs);
        layers.clear();
        calls.values().forEach(List::clear);
        calls.clear();
        inputs.clear();
        outputs.clear();
        assertEquals(nodes, copy);
        assertEquals(List.copyOf(nodes.layers().keySet()), List.copyOf(copy.layers().keySet()), "in their order");
        assertThrows(UnsupportedOperationException.class, () -> copy.calls().clear());
    }

    /** The sizes are what an execution is found by, so they must not change in the caller's hands. */
    @Test
    void anExecutionIsFoundAgainWhateverBecomesOfTheListItWasAskedFor() {
        List<Shape> mine = new ArrayList<>(SHAPES);
        Execution first = model.network().execution(mine, ExecutionMode.INFERENCE);
        mine.set(0, Shape.of(1, 5, 3));
        assertSame(first, model.network().execution(SHAPES, ExecutionMode.INFERENCE));
        assertEquals(1, model.network().execution(mine, ExecutionMode.INFERENCE).input(0).batch());
    }

    @Test
    void aCacheIsClosedByATry() {
        Execution kept;
        try (ExecutionCache cache = new ExecutionCache(
                (shapes, mode) -> model.network().newExecution(shapes, mode, model.network().team()))) {
            kept = cache.get(SHAPES, ExecutionMode.INFERENCE);
            assertTrue(kept.isOpen());
        }
        assertFalse(kept.isOpen());
    }
}
