package dev.gatun.tests.badinput;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.BidirectionalOutput;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers around layers that do not go together are refused, with what to do instead. */
final class WrapperFaultTest {

    private static final Lstm LSTM = Lstm.units(4);

    @Test
    void halvesThatAreNoPair() {
        Refusal.of(() -> Bidirectional.of(Dense.units(3)), "Bidirectional", "recurrent layer as layer", "Dense");
        Refusal.of(() -> Bidirectional.of(LSTM).backwardLayer(Dense.units(3)), "recurrent layer as backward_layer",
                "Dense");
        Refusal.of(() -> Bidirectional.of(LSTM.goBackwards()), "go_backwards=true", "goes forwards");
        Refusal.of(() -> Bidirectional.of(LSTM, LSTM), "go_backwards=false", "different ways");
        Refusal.of(() -> Bidirectional.of(LSTM.returnSequences(), LSTM.goBackwards()).named("both"),
                "same return_sequences", "true of layer", "false of backward_layer");
        Refusal.of(() -> Bidirectional.of(LSTM, LSTM.goBackwards().returnState()), "same return_state");
        Refusal.of(() -> Bidirectional.of(LSTM).merge("max"), "merge_mode", "concat, sum, mul, ave, none", "'max'");
        Refusal.of(() -> Sequential.of(Input.sequence(3),
                Bidirectional.of(LSTM, Lstm.units(5).goBackwards()).merge("sum").named("both")),
                "Bidirectional 'both'", "4 and 5 features", "merge_mode='sum'", "concat");
    }

    @Test
    void whatACallIsGiven() {
        Refusal.of(() -> Sequential.of(Input.shape(7), Bidirectional.of(LSTM)), "Bidirectional 'bidirectional'",
                "expected ndim=3", "(None, 7)");
        Input x = Input.sequence(3);
        Input h = Input.shape(4);
        Input wide = Input.shape(6);
        Bidirectional both = Bidirectional.of(LSTM).named("both");
        Refusal.of(() -> Model.of(List.of(x, h), List.of(both.on(x, State.of(h)))),
                "Bidirectional 'both'", "states of both halves", "State.of(h, c, h, c)");
        Refusal.of(() -> Model.of(List.of(x, h, wide), List.of(both.on(x, State.of(h, h, wide, h)))),
                "Bidirectional 'both'", "LSTM 'both/backward_lstm'", "4 units", "(None, 6)");
    }

    @Test
    void whatACallDoesNotReturn() {
        BidirectionalOutput output = Bidirectional.of(LSTM).on(Input.sequence(3));
        Refusal.ofState(output::backward, ".merge(\"none\")");
        Refusal.ofState(output::state, ".returnState()");
    }

    @Test
    void streams() {
        try (Model model = Sequential.of(Input.sequence(3), Bidirectional.of(LSTM).named("both"))) {
            Refusal.of(model::stream, "Bidirectional 'both'", "backward half", "step by step");
        }
    }
}
