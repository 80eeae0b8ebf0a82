package dev.gatun.tests.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.tests.Positional;
import dev.gatun.layers.Activation;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What each layer makes of shapes, by itself: when it is built, and when it is used again on something else. */
final class ShapeRulesTest {

    private static final long ANY = Shape.UNKNOWN;
    private static final Shape SEQUENCE = Shape.of(ANY, 10, 3);
    private static final Shape ROWS = Shape.of(ANY, 3);

    private static List<Shape> shapes(Layer layer, Shape... inputs) {
        return Positional.outputs(layer, Positional.build(layer, "it", List.of(inputs)), List.of(inputs));
    }

    private static void refused(Executable call, String... parts) {
        String said = assertThrows(ShapeException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), "'" + part + "' is not in: " + said);
        }
    }

    @Test
    void anLstmReturnsStepsOrTheLastOneAndItsState() {
        Shape state = Shape.of(ANY, 4);
        assertEquals(List.of(state), shapes(Lstm.units(4), SEQUENCE));
        assertEquals(List.of(Shape.of(ANY, 10, 4)), shapes(Lstm.units(4).returnSequences(), SEQUENCE));
        assertEquals(List.of(state, state, state), shapes(Lstm.units(4).returnState(), SEQUENCE));
        assertEquals(List.of(Shape.of(2, ANY, 4), Shape.of(2, 4), Shape.of(2, 4)),
                shapes(Lstm.units(4).returnSequences().returnState(), Shape.of(2, ANY, 3)));
    }

    @Test
    void anLstmTakesASequenceAndAStateOfTwo() {
        Lstm lstm = Lstm.units(4);
        Shape state = Shape.of(2, 4);
        for (Shape sequence : List.of(Shape.of(2, 10, 3), SEQUENCE)) {
            assertEquals(1, shapes(lstm, sequence, state, state).size());
        }
        assertEquals(1, shapes(lstm, Shape.of(2, 10, 3), Shape.of(ANY, 4), Shape.of(ANY, 4)).size());
        refused(() -> Positional.build(lstm, "it", List.of(ROWS)), "'it'", "expected ndim=3");
        refused(() -> shapes(lstm, ROWS), "'it'", "expected ndim=3", "(None, 3)", ".returnSequences()");
        refused(() -> shapes(lstm, SEQUENCE, state), "two values, h and c", "(2, 4)");
        refused(() -> shapes(lstm, SEQUENCE, state, state, state), "got 4 values");
        refused(() -> shapes(lstm, SEQUENCE, Shape.of(2, 5), state), "initial state h", "5 wide", "(None, 4)");
        refused(() -> shapes(lstm, SEQUENCE, state, Shape.of(2, 10, 4)), "initial state c", "rank 3");
        refused(() -> shapes(lstm, Shape.of(3, 10, 3), state, state), "a batch of 2", "one of 3");
        refused(() -> shapes(lstm, Shape.of(2, 10, 3), state, Shape.of(3, 4)), "state c", "a batch of 3");
    }

    @Test
    void anLstmUsedAgainNeedsWhatItWasBuiltFor() {
        Lstm layer = Lstm.units(4);
        BuiltLayer built = Positional.build(layer, "it", List.of(SEQUENCE));
        assertEquals(List.of(Shape.of(7, 4)), Positional.outputs(layer, built, List.of(Shape.of(7, 2, 3))));
        refused(() -> Positional.outputs(layer, built, List.of(Shape.of(ANY, 10, 2))), "weights for 3 features",
                "(None, 10, 2)");
        refused(() -> Positional.outputs(layer, built, List.of(ROWS)), "expected ndim=3");
        refused(() -> Positional.outputs(layer, built, List.of(SEQUENCE, Shape.of(ANY, 5), Shape.of(ANY, 5))),
                "5 wide");
    }

    @Test
    void denseWorksOnTheLastAxis() {
        assertEquals(List.of(Shape.of(ANY, 6)), shapes(Dense.units(6), ROWS));
        assertEquals(List.of(Shape.of(ANY, 10, 6)), shapes(Dense.units(6), SEQUENCE));
        refused(() -> shapes(Dense.units(6), Shape.of(3)), "rank 1", "reshape");
        refused(() -> shapes(Dense.units(6), Shape.of(ANY, 2, 2, 3)), "rank 4");
        refused(() -> shapes(Dense.units(6), ROWS, ROWS), "takes one input, got 2");
        Dense layer = Dense.units(6);
        BuiltLayer built = Positional.build(layer, "it", List.of(ROWS));
        refused(() -> Positional.outputs(layer, built, List.of(Shape.of(ANY, 4))), "weights for 3 features",
                "(None, 4)");
        refused(() -> Positional.outputs(layer, built, List.of(Shape.of(3))), "rank 1");
    }

    @Test
    void theNumberOfFeaturesIsKnownAndNotNone() {
        int most = Integer.MAX_VALUE / 8;
        for (Layer layer : List.of(Lstm.units(4), Dense.units(4))) {
            refused(() -> shapes(layer, Shape.of(ANY, 10, ANY)), "number of features", "(None, 10, None)");
            refused(() -> shapes(layer, Shape.of(ANY, 10, 0)), "takes 1 to " + most, "(None, 10, 0)");
            refused(() -> shapes(layer, Shape.of(ANY, 10, most + 1L)), "takes 1 to " + most);
            assertEquals(1, shapes(layer, Shape.of(ANY, 10, most)).size());
            assertEquals(1, shapes(layer, Shape.of(ANY, 10, 1)).size());
        }
    }

    @Test
    void unitsAreOneToWhatAnIntCounts() {
        int most = Integer.MAX_VALUE / 8;
        assertEquals(most, Lstm.units(most).units());
        assertEquals(1, Lstm.units(1).units());
        for (int units : new int[] {0, -1, most + 1}) {
            String said = assertThrows(IllegalArgumentException.class, () -> BuiltInTypes.ALL
                    .layer("LSTM", "memory", Map.of("units", units))).getMessage();
            assertTrue(said.startsWith("Layer 'memory' (LSTM): ") && said.contains(String.valueOf(units)), said);
            String nameless = assertThrows(IllegalArgumentException.class, () -> Lstm.units(units)).getMessage();
            assertTrue(nameless.startsWith("LSTM: "), nameless);
        }
    }

    @Test
    void layersWithoutWeightsKeepTheShape() {
        for (Layer layer : List.of(Activation.of("tanh"), Dropout.rate(0.5))) {
            assertEquals(List.of(ROWS), shapes(layer, ROWS));
            assertEquals(List.of(SEQUENCE), shapes(layer, SEQUENCE));
            assertEquals(List.of(), Positional.build(layer, "it", List.of(ROWS)).weights());
            refused(() -> shapes(layer, Shape.of(3)), layer.kind() + " 'it'", "rank 1");
            refused(() -> shapes(layer, ROWS, ROWS), layer.kind() + " 'it'", "takes one input, got 2");
        }
    }

    @Test
    void timeDistributedTakesSequences() {
        TimeDistributed layer = TimeDistributed.of(Dense.units(6));
        assertEquals(List.of(Shape.of(ANY, 10, 6)), shapes(layer, SEQUENCE));
        refused(() -> Positional.build(layer, "it", List.of(ROWS)), "TimeDistributed 'it'");
        refused(() -> shapes(layer, ROWS), "TimeDistributed 'it'", "(None, 3)", ".returnSequences()");
        refused(() -> shapes(layer, SEQUENCE, SEQUENCE), "takes one input, got 2");
        BuiltLayer built = Positional.build(layer, "it", List.of(SEQUENCE));
        assertEquals(2, built.weights().size());
        refused(() -> Positional.outputs(layer, built, List.of(ROWS)), "TimeDistributed 'it'", ".returnSequences()");
    }
}
