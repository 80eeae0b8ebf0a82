package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.State;
import dev.gatun.layers.graph.Graph;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which graphs run one step at a time, and the words for those that do not. */
final class StepCheckTest {

    private final Input x = Input.sequence(4).named("x");
    private final Input state = Input.shape(4).named("state");

    private static Graph graph(List<Input> inputs, List<Node> outputs) {
        return Graph.of("m", false, inputs, outputs);
    }

    private static void refused(String message, List<Input> inputs, List<Node> outputs) {
        Graph graph = graph(inputs, outputs);
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> StepCheck.require(graph)).getMessage());
    }

    @Test
    void oneSequenceInAndOneValueOut() {
        String begin = "A stream feeds one sequence in and takes one value out; model 'm' has inputs ";
        Node flat = Dense.units(2).named("flat").on(state);
        Node end = Lstm.units(2).named("end").on(x);
        refused(begin + "2 of shapes [(None, None, 4), (None, 4)] and 1 outputs", List.of(x, state),
                List.of(Lstm.units(4).named("l").on(x, State.of(state, state))));
        refused(begin + "1 of shapes [(None, None, 4)] and 2 outputs", List.of(x),
                List.of(end, Dense.units(1).named("d").on(end)));
        refused(begin + "1 of shapes [(None, 4)] and 1 outputs", List.of(state), List.of(flat));
        StepCheck.require(graph(List.of(x), List.of(Activation.of("tanh").on(Dense.units(1).on(end)))));
    }

    @Test
    void aLayerThatNeedsTheWholeSequenceIsNamed() {
        refused("LSTM 'back' goes backwards: it needs the end of the sequence first, so it cannot run step by step",
                List.of(x), List.of(Lstm.units(4).goBackwards().named("back").on(x)));
    }

    @Test
    void aStateIsThatOfOneCallFromTheFirstStepOn() {
        var encoder = Lstm.units(4).returnSequences().returnState().named("encoder").on(x);
        refused("LSTM 'decoder' begins at a state that the graph gives, and a stream carries its own, so it cannot "
                + "run step by step",
                List.of(x), List.of(Lstm.units(4).named("decoder").on(encoder.sequence(), encoder.state())));
        Lstm shared = Lstm.units(4).returnSequences().named("shared");
        refused("LSTM 'shared' is used twice; a stream keeps one state per layer", List.of(x),
                List.of(shared.on(shared.on(x))));
        Dense dense = Dense.units(4).named("dense");
        StepCheck.require(graph(List.of(x), List.of(dense.on(dense.on(x)))));
    }
}
