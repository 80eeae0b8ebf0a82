package dev.gatun.tests.badinput;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.tests.Positional;
import dev.gatun.layers.Activation;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Gru;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that cannot be are refused when they are declared or built, by the layer's name, with what to do instead. */
final class BuildFaultTest {

    @Test
    void anLstmAfterAnLstmThatReturnsItsLastStepOnly() {
        Refusal.of(() -> Sequential.of(Input.shape(10, 1), Lstm.units(32), Lstm.units(64)),
                "LSTM 'lstm_1'", "expected ndim=3", "(None, 32)", "ndim=2", ".returnSequences()");
        Refusal.of(() -> Sequential.of(Input.shape(10, 1), Lstm.units(32), TimeDistributed.of(Dense.units(1))),
                "TimeDistributed 'time_distributed'", "(None, 32)", ".returnSequences()");
        Refusal.ofState(() -> Lstm.units(3).on(Input.shape(2, 1)).sequence(), ".returnSequences()");
        Refusal.ofState(() -> Lstm.units(3).on(Input.shape(2, 1)).state(), ".returnState()");
    }

    @Test
    void ranks() {
        Refusal.of(() -> Sequential.of(Input.shape(7), Lstm.units(3).named("encoder")), "LSTM 'encoder'", "(None, 7)",
                "[batch, time, features]");
        Refusal.of(() -> Input.batchShape(7), "[batch, features]", "(7,)");
        Refusal.of(() -> Input.shape(4, 5, 6, 7), "[batch, time, features]", "(None, 4, 5, 6, 7)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void sizesOfZeroOrLess(int size) {
        String got = String.valueOf(size);
        Refusal.of(() -> Lstm.units(size), "LSTM", "positive number of units", got);
        Refusal.of(() -> Dense.units(size), "Dense", "positive number of units", got);
        Refusal.of(() -> Input.shape(10, size), size == -1 ? "None" : got);
        Refusal.of(() -> Input.batchShape(size == -1 ? -2 : size, 10, 3), size == -1 ? "-2" : got);
        try (Model model = Sequential.of(Input.sequence(2), Lstm.units(3))) {
            Refusal.of(() -> model.threads(size), "1 to 1024", got);
            Refusal.of(() -> model.stream(size), "stream", "at least 1", got);
        }
    }

    @Test
    void sizesThatOverflow() {
        for (int units : new int[] {Integer.MAX_VALUE, 1 << 29}) {
            Refusal.of(() -> Lstm.units(units).named("huge"), "LSTM", "too many", String.valueOf(units));
            Refusal.of(() -> Dense.units(units), "Dense", "too many", String.valueOf(units));
        }
        Refusal.of(() -> Sequential.of(Input.shape(10, 1L << 31), Lstm.units(3)), "LSTM 'lstm'", "2147483648");
        Refusal.of(() -> Sequential.of(Input.shape(10, 1L << 40), Dense.units(3)), "Dense 'dense'", "1099511627776");
    }

    /** Sizes a machine may one day have, but not this one: the weights do not fit, and nothing is left behind. */
    @Test
    void weightsThatDoNotFitIntoTheMachine() {
        OutOfMemoryError thrown = assertThrows(OutOfMemoryError.class,
                () -> Sequential.named("giant", List.of(Input.shape(10, 1), Lstm.units(100_000_000))));
        Refusal.holds(thrown, "giant", "parameters");
    }

    @Test
    void states() {
        Input x = Input.shape(5, 3);
        Input h = Input.shape(4);
        Input c = Input.shape(4);
        Refusal.holds(assertThrows(NullPointerException.class, () -> State.of(h, null)), "element 1", "h and c");
        Refusal.holds(assertThrows(NullPointerException.class, () -> State.of(null, c)), "element 0", "h and c");
        Refusal.of(() -> Model.of(List.of(x, h), List.of(Positional.call(Lstm.units(4), List.of(x, h)).output(0))),
                "LSTM 'lstm'", "two values", "h and c", "(None, 4)", "State.of(h, c)");
        Refusal.of(() -> Model.of(List.of(x, h, c),
                List.of(Positional.call(Lstm.units(4), List.of(x, h, c, c)).output(0))), "LSTM 'lstm'", "4 values");
        Refusal.of(() -> Model.of(List.of(x, h, c), List.of(Lstm.units(9).on(x, State.of(h, c)))),
                "LSTM 'lstm'", "9 units", "4 wide", "(None, 9)", "equal units", "Dense(9)");
        Node sequence = Lstm.units(4).returnSequences().on(x);
        Refusal.of(() -> Model.of(List.of(x, c), List.of(Lstm.units(4).on(x, State.of(sequence, c)))),
                "rank 3", "(None, 4)");
        Input fixed = Input.batchShape(2, 4);
        Input other = Input.batchShape(3, 5, 3);
        Refusal.of(() -> Model.of(List.of(other, fixed), List.of(Lstm.units(4).on(other, State.of(fixed, fixed)))),
                "batch of 2", "one of 3");
    }

    @Test
    void aSharedLayerOnAnotherWidth() {
        Input x = Input.shape(5, 3);
        Input y = Input.shape(5, 4);
        Lstm lstm = Lstm.units(2);
        Dense dense = Dense.units(2);
        Refusal.of(() -> Model.of(List.of(x, y), List.of(lstm.on(x), lstm.on(y))), "LSTM 'lstm'", "3 features",
                "(None, 5, 4)", "same width");
        Refusal.of(() -> Model.of(List.of(x, y), List.of(dense.on(x), dense.on(y))), "Dense 'dense'", "3 features",
                "(None, 5, 4)", "same width");
    }

    @Test
    void options() {
        Refusal.of(() -> Dropout.rate(1), "Dropout", "below 1", "1.0");
        Refusal.of(() -> Dropout.rate(Double.NaN), "Dropout", "NaN");
        Refusal.of(() -> Activation.of("tahn"), "'tahn'", "tanh", "softmax");
        Refusal.of(() -> Lstm.units(3).activation("glu"), "LSTM", "glu", "half");
        Refusal.of(() -> Gru.units(3).recurrentActivation("glu"), "GRU", "recurrent_activation", "half");
        Refusal.of(() -> LstmCell.units(3).activation("glu"), "LSTMCell", "glu", "half");
        Refusal.of(() -> Lstm.units(3).outputActivation(ActivationFunction.GLU), "LSTM", "output_activation", "half");
        Refusal.of(() -> Sequential.of(Input.shape(2), Dense.units(3).activation("glu")), "Dense 'dense'", "glu",
                "even");
        Refusal.of(() -> Sequential.of(Input.shape(3), Activation.of("glu")), "Activation 'activation'", "glu", "even");
        Refusal.of(() -> Sequential.of(Input.shape(5, 3), TimeDistributed.of(Lstm.units(3))), "TimeDistributed", "LSTM",
                "directly");
    }

    @Test
    void graphs() {
        Input x = Input.shape(5, 3);
        Input stranger = Input.shape(5, 7);
        Refusal.of(() -> Model.of(stranger, Lstm.units(2).on(x)), "(None, 5, 7)", "leads to no output");
        Refusal.of(() -> Model.of(List.of(x), List.of(Lstm.units(2).on(x), Lstm.units(2).on(stranger))),
                "(None, 5, 7)", "list it too");
        Refusal.of(() -> Model.of(List.of(Lstm.units(2).on(x)), List.of(Lstm.units(2).on(x))), "must be an Input",
                "LSTM");
        Refusal.of(() -> Model.of(List.of(x, x), List.of(Lstm.units(2).on(x))), "(None, 5, 3)", "listed twice");
        Refusal.of(() -> Model.of(List.of(x), List.of()), "at least one input and one output");
        Refusal.of(() -> Model.of(x, Positional.call(Lstm.units(2).named("last"), List.of(x)).output(1)),
                "LSTM 'last'", "output 1", "1 output");
        Refusal.of(() -> Sequential.of(), "begins with its input");
        Refusal.of(() -> Sequential.of(Lstm.units(2)), "begins with its input");
        Refusal.of(() -> Sequential.of(Input.shape(2)), "at least one layer");
        Refusal.of(() -> Sequential.of(x, Lstm.units(2), Input.shape(2)), "comes first");
        Dense twice = Dense.units(3);
        Refusal.of(() -> Sequential.of(x, twice, twice), "Dense", "twice", "Model.of");
        Refusal.of(() -> Sequential.of(x, Lstm.units(2).returnSequences().returnState(), Lstm.units(2)),
                "cannot return its state", "Model.of");
        Refusal.of(() -> Sequential.of(x, Lstm.units(2).named("a").returnSequences(), Dense.units(1).named("a")),
                "'a'", "differ");
        Refusal.of(() -> Sequential.of(x, Lstm.units(2).named("a/b")), "'a/b'", "'/'");
    }
}
