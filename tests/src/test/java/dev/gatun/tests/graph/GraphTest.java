package dev.gatun.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.State;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Graphs without weights: which values there are, by which names they are found, and what is no value. */
final class GraphTest {

    private final Input x = Input.sequence(3).named("x");

    private static Graph graph(Node input, Node... outputs) {
        return Graph.of("g", false, List.of(input), List.of(outputs));
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void anOutputThatALayerDoesNotHaveIsNoValue() {
        Node second = Dense.units(2).named("d").call(CallArguments.of(List.of(x))).output(1);
        assertEquals(
                "Dense 'd' has 1 output, but output 1 (counted from 0) is used; an LSTM has its states as outputs 1 "
                        + "and 2 with .returnState()",
                refused(() -> graph(x, second)));
        Node fourth = Lstm.units(2).returnState().named("l").call(CallArguments.of(List.of(x))).output(3);
        assertTrue(refused(() -> graph(x, fourth)).startsWith("LSTM 'l' has 3 outputs, but output 3 "));
        assertTrue(
                refused(() -> graph(x, Dense.units(1).on(fourth))).startsWith("LSTM 'l' has 3 outputs, but output 3 "));
    }

    /** Two calls of one layer have its name and a number as outputs, and by these they are found. */
    @Test
    void anOutputIsFoundByItsNumberedName() {
        Dense shared = Dense.units(3).named("shared");
        Node once = shared.on(x);
        Node twice = shared.on(once);
        Graph graph = graph(x, once, twice);
        assertEquals(List.of("shared", "shared_1"), graph.outputNames());
        for (String second : List.of("shared_1", "shared[1]")) {
            Graph part = graph.upTo(List.of(second));
            assertEquals(1, part.outputs().size());
            assertEquals(3, part.steps().size(), second);
        }
        for (String first : List.of("shared", "shared[0]")) {
            assertEquals(2, graph.upTo(List.of(first)).steps().size(), first);
        }
        assertEquals(List.of(1, 2), graph.calls().stream().map(List::size).toList());
    }

    @Test
    void aNameThatMeansNothingIsAnsweredWithThoseThatMeanOneValue() {
        Node clash = Dense.units(2).named("a_h").on(Lstm.units(2).returnState().named("a").on(x));
        Graph graph = graph(x, clash);
        assertEquals("Model 'g', upTo(\"b\"): there is no layer or output of that name; there are x, a, a_c",
                refused(() -> graph.upTo(List.of("b"))));
        assertEquals(
                "Model 'g', upTo(\"a_h\"): the name means more than one value; there are x, a, a_c. An LSTM has its "
                        + "state as a value with .returnState()",
                refused(() -> graph.upTo(List.of("a_h"))));
        assertTrue(refused(() -> graph.upTo(List.of("b_c"))).endsWith(".returnState()"));
    }

    @Test
    void outputsOfOneNameAreNumbered() {
        Node d = Dense.units(2).named("d").on(x);
        assertEquals(List.of("d", "d_1", "d_2", "x"), graph(x, d, d, d, x).outputNames());
    }

    /** A state is made of numbers, not of words or masks. */
    @Test
    void aStateIsFloats() {
        Input words = Input.ints(4).named("words");
        Node begun = Lstm.units(4).named("l").on(x, State.of(words, words));
        assertEquals("LSTM 'l' reads float32, got int32 of 'words'; declare the input as float32",
                refused(() -> Graph.of("g", false, List.of(x, words), List.of(begun))));
    }

    @Test
    void aLayerIsFrozenByItsName() {
        Graph graph = graph(x, Dense.units(2).named("top").on(Dense.units(2).named("below").on(x)));
        Graph frozen = graph.trainable("below", false);
        assertEquals(List.of(true, false, true),
                frozen.layers().stream().map(layer -> layer.layer().configuration().trainable()).toList());
        assertEquals(graph, frozen.trainable("below", true));
        assertEquals("Model 'g' has no layer 'none'; there are [x, below, top]",
                refused(() -> graph.trainable("none", false)));
    }

    @Test
    void valuesAreEqualIfStepAndOutputAre() {
        Graph.Ref ref = new Graph.Ref(2, 1);
        assertEquals(new Graph.Ref(2, 1), ref);
        assertEquals(new Graph.Ref(2, 1).hashCode(), ref.hashCode());
        for (Object other : List.of(new Graph.Ref(1, 1), new Graph.Ref(2, 0), "2 1")) {
            assertFalse(ref.equals(other));
        }
    }

    @Test
    void argumentsHaveOneOrder() {
        CallArguments<String> all = new CallArguments<>(List.of("a", "b"), List.of("h", "c"), "m");
        assertEquals("a", all.input());
        assertEquals(List.of("a", "b", "h", "c", "m"), all.all());
        assertEquals(List.of("a", "b", "h", "c"), all.withoutMask().all());
        assertEquals(List.of("a", "m"), new CallArguments<>(List.of("a"), List.of(), "m").all());
        assertEquals(List.of("a", "h"), CallArguments.of("a", List.of("h")).all());
        assertEquals(new CallArguments<>(List.of(1, 1), List.of(1, 1), 1), all.map(String::length));
        assertEquals(CallArguments.of(List.of(1)), CallArguments.of(List.of("a")).map(String::length));
    }

    @Test
    void shapesFollowThoseOfTheInputs() {
        Graph graph = graph(x, Dense.units(2).on(Lstm.units(4).returnSequences().on(x)), x);
        assertEquals(List.of(Shape.of(5, 7, 2), Shape.of(5, 7, 3)), graph.outputShapes(List.of(Shape.of(5, 7, 3))));
        assertEquals(List.of(Shape.of(5, 7, 4)), graph.shapes(List.of(Shape.of(5, 7, 3))).get(1));
    }
}
