package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The models of "How can LSTM layers be stacked": shapes, parameter counts, what summary() prints. */
final class TutorialTest {

    private static Model a() {
        return Sequential.of(
                Input.shape(10, 1),
                Lstm.units(32).returnSequences(),
                Lstm.units(64).returnSequences(),
                Lstm.units(128),
                Dense.units(1));
    }

    private static Model b() {
        return Sequential.of(
                Input.shape(20, 10),
                Lstm.units(128).returnSequences(),
                Lstm.units(64).returnSequences(),
                Lstm.units(32).returnSequences(),
                TimeDistributed.of(Dense.units(15)),
                Activation.of("sigmoid"));
    }

    /** C with as many units in the second LSTM as in the first, and C as published, with 128. */
    private static Model c(int units) {
        Input in = Input.shape(10, 5);
        var first = Lstm.units(64).returnSequences().returnState().on(in);
        var second = Lstm.units(units).returnSequences().returnState().on(first.sequence(), first.state());
        return Model.of(in, Dense.units(1).on(Lstm.units(256).on(second.sequence())));
    }

    private static Model cWithBridges() {
        Input in = Input.shape(10, 5);
        var first = Lstm.units(64).returnSequences().returnState().on(in);
        State wider = State.of(
                Dense.units(128).named("dense_h").on(first.state().h()),
                Dense.units(128).named("dense_c").on(first.state().c()));
        var second = Lstm.units(128).returnSequences().returnState().on(first.sequence(), wider);
        return Model.of(in, Dense.units(1).named("dense").on(Lstm.units(256).on(second.sequence())));
    }

    @Test
    void shapesAndParameterCounts() {
        check(a(), 128_129, Shape.of(32, 10, 1), Shape.of(32, 1));
        check(b(), 133_487, Shape.of(32, 20, 10), Shape.of(32, 20, 15));
        check(c(64), 379_905, Shape.of(32, 10, 5), Shape.of(32, 1));
        check(cWithBridges(), 17_920 + 2 * 8_320 + 98_816 + 394_240 + 257, Shape.of(32, 10, 5), Shape.of(32, 1));
    }

    private static void check(Model model, long parameters, Shape input, Shape output) {
        try (model) {
            assertEquals(parameters, model.parameterCount());
            assertEquals(output.with(0, Shape.UNKNOWN), model.outputShapes().getFirst());
            assertEquals(output, model.predict(Tensor.zeros(input.toArray())).shape());
            assertTrue(model.summaryText().contains(String.format(java.util.Locale.ROOT, "Total params: %,d ",
                    parameters)), model.summaryText());
        }
    }

    @Test
    void summariesAreThoseOfKerasCharacterForCharacter() throws IOException {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        for (var entry : List.of(
                java.util.Map.entry("summary_model_A.txt", a()),
                java.util.Map.entry("summary_model_B.txt", b()),
                java.util.Map.entry("summary_model_C1.txt", c(64)))) {
            try (Model model = entry.getValue()) {
                Optional<Path> file = Shared.find("keras3/text/" + entry.getKey());
                assertEquals(Files.readString(file.orElseThrow()).strip(), model.summaryText().strip(), entry.getKey());
            }
        }
    }

    @Test
    void theModelWithBridgesIsTheFixtures() {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Fixture fixture = Fixtures.load("a_model_C2");
        try (Model model = cWithBridges(); Model configured = Parity.model(fixture)) {
            assertEquals(configured.parameterCount(), model.parameterCount());
            for (String layer : List.of("dense_h", "dense_c", "lstm", "lstm_1", "lstm_2", "dense")) {
                model.weights().stream().filter(weight -> weight.layer().equals(layer))
                        .forEach(weight -> weight.set(Parity.tensor(fixture.tensor("w/" + weight.name()))));
            }
            Tensor x = Parity.tensor(fixture.tensor("x"));
            dev.gatun.tests.kernels.Bits.same(model.predict(x).toArray(), configured.predict(x).toArray(),
                    "declared in Java and read from a configuration");
        }
    }

    /** Keras builds it and fails when it runs. */
    @Test
    void cAsPublishedIsRefusedWhenItIsBuilt() {
        String message = assertThrows(ShapeException.class, () -> c(128)).getMessage();
        for (String part : List.of("'lstm_1'", "128", "64", "equal units", "Dense(128)")) {
            assertTrue(message.contains(part), part + " in: " + message);
        }
    }
}
