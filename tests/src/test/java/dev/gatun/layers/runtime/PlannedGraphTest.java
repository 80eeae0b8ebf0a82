package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.Permute;
import dev.gatun.layers.State;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls run as one, in words: no number is computed. {@code PlanGroupsTest} looks at the bits. */
final class PlannedGraphTest {

    private final Input x = Input.sequence(4).named("x");
    private final Input state = Input.shape(4).named("state");

    private static Lstm lstm(String name) {
        return Lstm.units(4).returnSequences().named(name);
    }

    private static Dense dense(String name) {
        return Dense.units(4).named(name);
    }

    private static Graph graph(List<Input> inputs, Node... outputs) {
        return Graph.of("m", false, inputs, Arrays.asList(outputs));
    }

    private static String words(Graph graph, ExecutionMode mode) {
        PlannedGraph planned = PlannedGraph.of(graph, mode);
        for (PlanGroup group : planned.groups()) {
            assertEquals(group.steps().size() == 1, group.kind() == PlanGroup.Kind.SINGLE, "one call is no group");
        }
        return planned.words(graph);
    }

    private void groups(String expected, Node... outputs) {
        assertEquals(expected, words(graph(List.of(x), outputs), ExecutionMode.INFERENCE));
    }

    private void groupsWithState(String expected, Node... outputs) {
        assertEquals(expected, words(graph(List.of(x, state), outputs), ExecutionMode.INFERENCE));
    }

    @Test
    void recurrentLayersAboveEachOtherAreAStack() {
        groups("[a > b > c]", lstm("c").on(lstm("b").on(lstm("a").on(x))));
        groups("[a]", lstm("a").on(x));
        groups("[back] [a > b]", lstm("b").on(lstm("a").on(lstm("back").goBackwards().on(x))));
        groups("[a] [back]", lstm("back").goBackwards().on(lstm("a").on(x)));
    }

    /** A sequence may be read by others too: one of them joins, the others run by themselves. */
    @Test
    void oneOfTheReadersOfASequenceJoinsTheStack() {
        Node a = lstm("a").on(x);
        groups("[a > b] [c] [d]", a, lstm("b").on(a), lstm("c").on(a), dense("d").on(a));
    }

    @Test
    void whatIsReadBesideAStateIsNoStack() {
        Node a = lstm("a").on(x);
        groupsWithState("[a] [b]", lstm("b").on(a, State.of(state, state)));
        groupsWithState("[a] [b]", lstm("a").on(x, State.of(state, state)),
                lstm("b").on(x, State.of(state, state)));
    }

    /** A layer that has another one above it stays with that. */
    @Test
    void recurrentLayersBesideEachOtherAreSides() {
        groups("[a | b | c]", lstm("a").on(x), lstm("b").goBackwards().on(x), lstm("c").on(x));
        Node below = lstm("below").on(x);
        Node back = lstm("back").goBackwards().on(x);
        groups("[back] [below > above]", back, lstm("above").on(below));
        groups("[below > above] [back]", lstm("above").on(below), back);
        groups("[back | lone] [below > above]", back, lstm("lone").on(x), lstm("above").on(below));
    }

    @Test
    void whatComesFromBesideIsNoSide() {
        groups("[a] [d] [b]", lstm("a").on(x), lstm("b").on(dense("d").on(x)));
    }

    @Test
    void layersThatSeeOneRowAtATimeAreOne() {
        groups("[a, b, c]", Activation.of("tanh").named("c").on(dense("b").on(dense("a").on(x))));
        groups("[a]", dense("a").on(x));
        groups("[a, b] [l] [c]", dense("c").on(lstm("l").on(dense("b").on(dense("a").on(x)))));
        Input square = Input.shape(4, 4).named("square");
        assertEquals("[a] [turn] [b, c]",
                words(graph(List.of(square),
                        dense("c").on(dense("b").on(Permute.dims(2, 1).named("turn").on(dense("a").on(square))))),
                        ExecutionMode.INFERENCE));
    }

    @Test
    void aValueThatSomebodyElseReadsIsMadeWhole() {
        Node a = dense("a").on(x);
        groups("[a] [b]", a, dense("b").on(a));
        groups("[a] [b] [c]", dense("b").on(a), dense("c").on(a));
        groups("[a] [l] [b]", lstm("l").on(a), dense("b").on(a));
        Node h = dense("h").on(state);
        groupsWithState("[h] [l] [b]", lstm("l").on(x, State.of(h, state)), dense("b").on(h));
    }

    /** What hands its input on is left out, several of them too, and its readers read what it reads. */
    @Test
    void identitiesAreLeftOut() {
        Node same = Permute.dims(1, 2).named("same").on(Dropout.rate(0.5).named("drop").on(lstm("a").on(x)));
        groups("[a > b]", lstm("b").on(same));
        Node first = Dropout.rate(0.5).named("first").on(x);
        groups("[a | b]", lstm("a").on(first), lstm("b").goBackwards().on(x));
        Graph graph = graph(List.of(x), dense("end").on(same));
        PlannedGraph planned = PlannedGraph.of(graph, ExecutionMode.INFERENCE);
        Graph.Ref a = new Graph.Ref(1, 0);
        assertEquals(a, planned.source(new Graph.Ref(2, 0)));
        assertEquals(a, planned.source(new Graph.Ref(3, 0)), "an identity behind an identity");
        assertEquals(a, planned.source(a));
        assertEquals(new Graph.Ref(4, 0), planned.source(new Graph.Ref(4, 0)));
        assertEquals("[a] [end]", planned.words(graph));
    }

    /** An output of the model that is handed on is one of the value behind it. */
    @Test
    void anOutputBehindAnIdentityIsRead() {
        Node a = dense("a").on(x);
        groups("[a] [b]", Dropout.rate(0.5).named("drop").on(a), dense("b").on(a));
    }

    @Test
    void aCallWithAMaskIsNoIdentity() {
        Input mask = Input.mask(Shape.UNKNOWN).named("mask");
        Node drop = Dropout.rate(0.5).named("drop").call(new CallArguments<>(List.of(x), List.of(), mask)).output(0);
        assertEquals("[drop] [a]", words(graph(List.of(x, mask), lstm("a").on(drop)), ExecutionMode.INFERENCE));
    }

    @Test
    void withGradientsEveryCallRunsByItself() {
        Node end = dense("d").on(dense("c").on(Dropout.rate(0.5).named("drop").on(lstm("b").on(lstm("a").on(x)))));
        Graph graph = graph(List.of(x), end);
        assertEquals("[a > b] [c, d]", words(graph, ExecutionMode.INFERENCE));
        assertEquals("[a > b] [c, d]", words(graph, ExecutionMode.STREAMING));
        for (ExecutionMode mode : List.of(ExecutionMode.TRAINING, ExecutionMode.DIFFERENTIATION)) {
            assertEquals("[a] [b] [drop] [c] [d]", words(graph, mode));
            assertEquals(new Graph.Ref(3, 0), PlannedGraph.of(graph, mode).source(new Graph.Ref(3, 0)));
        }
    }
}
