package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sizes that a model is asked to run at, for whole sequences and for steps: what fits, and the words for what does not. */
final class InputCheckTest {

    private static final ExecutionMode WHOLE = ExecutionMode.INFERENCE;
    private static final ExecutionMode STEPS = ExecutionMode.STREAMING;

    private final Input x = Input.sequence(3).named("x");
    private final Input fixed = Input.batchShape(2, 5, 3).named("fixed");
    private final Input flat = Input.shape(4).named("flat");
    private final Graph one = graph(Dense.units(1).on(x), x);
    private final Graph two = graph(Dense.units(1).on(flat), x, flat);
    private final Graph declared = graph(Dense.units(1).on(fixed), fixed);

    private static Graph graph(Node output, Input... inputs) {
        List<Node> outputs = inputs.length == 1
                ? List.of(output)
                : List.of(output, Dense.units(1).on(inputs[0]));
        return Graph.of("m", false, List.of(inputs), outputs);
    }

    private static String refused(Executable call) {
        return assertThrows(ShapeException.class, call).getMessage();
    }

    private static String refused(Graph graph, ExecutionMode mode, Shape... shapes) {
        return refused(() -> InputCheck.shapes(graph, Arrays.asList(shapes), mode));
    }

    @Test
    void whatFitsIsTaken() {
        for (ExecutionMode mode : ExecutionMode.values()) {
            InputCheck.shapes(one, List.of(Shape.of(7, 2, 3)), mode);
            InputCheck.shapes(two, List.of(Shape.of(7, 2, 3), Shape.of(7, 4)), mode);
            InputCheck.shapes(declared, List.of(Shape.of(2, 5, 3)), mode);
            InputCheck.shapes(one, List.of(Shape.of(1, Integer.MAX_VALUE, 3)), mode);
            InputCheck.shapes(one, List.of(Shape.of(Integer.MAX_VALUE, 1, 3)), mode);
        }
        InputCheck.shapes(declared, List.of(Shape.of(1, 1, 3)), STEPS);
    }

    @Test
    void theWordsSayWhichAxisDiffers() {
        String begin = "Model 'm', input 'fixed': expected shape (2, 5, 3), got ";
        assertEquals(begin + "(2, 5) (ndim=2 instead of 3); reshape the data to [samples, time, features]",
                refused(declared, WHOLE, Shape.of(2, 5)));
        assertEquals(begin + "(2, 5, 4); the data have 4 features per step, the model was built for 3",
                refused(declared, WHOLE, Shape.of(2, 5, 4)));
        assertEquals(begin + "(2, 6, 3); the data have 6 time steps, the model was declared for 5: cut or pad the "
                + "sequences, or declare an Input.sequence, which takes any length",
                refused(declared, WHOLE, Shape.of(2, 6, 3)));
        assertEquals(
                begin + "(3, 5, 3); the model was declared for batches of 2: use this batch size, and a multiple of it "
                        + "as samples",
                refused(declared, WHOLE, Shape.of(3, 5, 3)));
        assertTrue(refused(two, WHOLE, Shape.of(7, 2, 3), Shape.of(7, 1, 4))
                .endsWith(" (ndim=3 instead of 2); reshape the data to [samples, features]"));
        assertTrue(
                refused(declared, STEPS, Shape.of(1, 1, 4)).contains("expected shape (None, None, 3), got (1, 1, 4)"));
    }

    @Test
    void bothKindsOfRunsAreHeldToTheSame() {
        for (ExecutionMode mode : List.of(WHOLE, STEPS)) {
            assertEquals("Model 'm' takes 2 input(s) [x, flat], got 1; give a list with one for each, in this order",
                    refused(two, mode, Shape.of(7, 2, 3)));
            assertEquals("Model 'm': input 'flat' has 6 samples, input 'x' has 7; give all inputs the same number",
                    refused(two, mode, Shape.of(7, 2, 3), Shape.of(6, 4)));
            assertTrue(
                    refused(one, mode, Shape.of(1 << 16, 1 << 15, 3)).startsWith("Model 'm', input 'x': shape (65536, "
                            + "32768, 3) has more than 2147483647 samples times steps"));
            assertTrue(refused(one, mode, Shape.of(1, 1L << 31, 3)).contains("more than 2147483647"));
            assertTrue(refused(one, mode, Shape.of(1L << 31, 1, 3)).contains("more than 2147483647"));
            assertTrue(refused(one, mode, Shape.of(7, Shape.UNKNOWN, 3))
                    .contains("input 'x' of model 'm', which is planned for known sizes: give one, for example "
                            + "Shape.of(32, 10, 3)"));
            NullPointerException nothing = assertThrows(NullPointerException.class,
                    () -> InputCheck.shapes(one, null, mode));
            assertEquals("Model.execution: shapes is null; give a known shape for each input", nothing.getMessage());
            assertThrows(NullPointerException.class, () -> InputCheck.shapes(one, Arrays.asList((Shape) null), mode));
        }
        Input week = Input.shape(7, 3).named("week");
        assertTrue(refused(graph(Dense.units(1).on(week), week), WHOLE, Shape.of(Shape.UNKNOWN, 7, 3))
                .contains("Shape.of(32, 7, 3)"), "what was declared stays in the example");
    }

    @Test
    void aMaskHasTheStepsOfItsSequence() {
        Input mask = Input.mask(Shape.UNKNOWN).named("mask");
        Node lstm = Lstm.units(2).named("lstm").call(new CallArguments<>(List.of(x), List.of(), mask)).output(0);
        Graph masked = Graph.of("m", false, List.of(x, mask), List.of(lstm));
        for (ExecutionMode mode : List.of(WHOLE, STEPS)) {
            InputCheck.shapes(masked, List.of(Shape.of(2, 5, 3), Shape.of(2, 5)), mode);
        }
        assertTrue(refused(masked, WHOLE, Shape.of(2, 5, 3), Shape.of(2, 4)).contains("'lstm'"));
    }

    @Test
    void samplesMayBeManyTimesABatch() {
        assertEquals(7, InputCheck.samples(two, List.of(Tensor.zeros(7, 2, 3), Tensor.zeros(7, 4))));
        assertEquals(6, InputCheck.samples(declared, List.of(Tensor.zeros(6, 5, 3))));
        assertTrue(refused(() -> InputCheck.samples(declared, List.of(Tensor.zeros(6, 4, 3))))
                .contains("4 time steps, the model was declared for 5"));
        assertTrue(refused(() -> InputCheck.samples(two, List.of(Tensor.zeros(7, 2, 3), Tensor.zeros(6, 4))))
                .contains("give all inputs the same number"));
        assertTrue(refused(() -> InputCheck.samples(two, List.of(Tensor.zeros(7, 2, 3)))).contains("takes 2 input(s)"));
    }
}
