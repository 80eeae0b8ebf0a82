package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.MergeLayer;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Node;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.Subtract;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What merges make of steps that do not count in one of their inputs, or in all: numbers, gradients and masks as in Keras 3. */
final class MergedMasksTest {

    private static final int OUT = -1;

    private final Input a = Input.shape(4, 1).named("a");
    private final Input b = Input.shape(4, 1).named("b");
    private final Node maskedA = Masking.value(OUT).on(a);
    private final Node maskedB = Masking.value(OUT).on(b);

    /** Step 1 does not count in a, step 2 in b, step 3 in neither. */
    private final Tensor numbersA = Tensor.of(new float[] {2, OUT, 3, OUT}, 1, 4, 1);
    private final Tensor numbersB = Tensor.of(new float[] {5, 7, OUT, OUT}, 1, 4, 1);

    private float[] predicted(Node y) {
        try (Model model = Model.of(List.of(a, b), List.of(y))) {
            return model.predict(List.of(numbersA, numbersB)).getFirst().toArray();
        }
    }

    /** Masking makes zeros of steps that do not count. */
    @Test
    void productsAndExtremesLeaveOutWhatDoesNotCount() {
        assertArrayEquals(new float[] {10, 7, 3, 0}, predicted(Multiply.of().on(maskedA, maskedB)));
        assertArrayEquals(new float[] {5, 7, 3, 0}, predicted(Maximum.of().on(maskedA, maskedB)));
        assertArrayEquals(new float[] {2, 7, 3, 0}, predicted(Minimum.of().on(maskedA, maskedB)));
        assertArrayEquals(new float[] {10, 7, -3, -1}, predicted(Multiply.of().on(maskedA, b)));
        assertArrayEquals(new float[] {2, 7, -1, -1}, predicted(Minimum.of().on(b, maskedA)));
        assertArrayEquals(new float[] {7, 7, 3, 0}, predicted(Add.of().on(maskedA, maskedB)));
        assertArrayEquals(new float[] {-3, -7, 3, 0}, predicted(Subtract.of().on(maskedA, maskedB)));
        assertArrayEquals(new float[] {3.5f, 3.5f, 1.5f, 0}, predicted(Average.of().on(maskedA, maskedB)));
    }

    /** Of what is left out no gradient goes back; Masking hands none on either, so both inputs are told apart by their own. */
    @Test
    void gradientsGoToWhatCounts() {
        assertGradients(Multiply.of().on(maskedA, maskedB), new float[] {5, 0, 1, 0}, new float[] {2, 1, 0, 0});
        assertGradients(Maximum.of().on(maskedA, maskedB), new float[] {0, 0, 1, 0}, new float[] {1, 1, 0, 0});
        assertGradients(Minimum.of().on(maskedA, b), new float[] {1, 0, 0, 0}, new float[] {0, 1, 1, 1});
        assertGradients(Average.of().on(maskedA, maskedB), new float[] {0.5f, 0, 0.5f, 0},
                new float[] {0.5f, 0.5f, 0, 0});
    }

    private void assertGradients(Node y, float[] ofA, float[] ofB) {
        try (Model model = Model.of(List.of(a, b), List.of(y))) {
            EnginePass pass = EnginePass.of(model, List.of(numbersA, numbersB), List.of(new float[] {1, 1, 1, 1}));
            assertArrayEquals(ofA, pass.inputs().get(0), "of a");
            assertArrayEquals(ofB, pass.inputs().get(1), "of b");
        }
    }

    /** Which steps count of what is made: those at which a layer behind it does not repeat its last output. */
    @Test
    void aStepCountsIfItDoesInOneOfTheInputs() {
        for (MergeLayer<?> merge : List.of(Add.of(), Subtract.of(), Multiply.of(), Average.of(), Maximum.of(),
                Minimum.of())) {
            assertCounts(merge.on(maskedA, maskedB), true, true, false);
            assertCounts(merge.on(maskedA, b), true, true, true);
        }
        assertCounts(Concatenate.of().on(maskedA, maskedB), true, true, false);
        assertCounts(Concatenate.of().on(maskedA, b), true, true, true);
        assertCounts(Concatenate.axis(1).on(maskedA, maskedB), false, true, false, true, true, false, false);
        assertCounts(Concatenate.axis(1).on(b, maskedA), true, true, true, true, false, true, false);
        assertCounts(Concatenate.axis(1).dropsMasks(true).on(b, maskedA), true, true, true, true, true, true, true);
    }

    /** @param counts of each step but the first */
    private void assertCounts(Node y, boolean... counts) {
        float[] h = predicted(Lstm.units(1).returnSequences().on(y));
        for (int step = 1; step < h.length; step++) {
            assertEquals(counts[step - 1], h[step] != h[step - 1], y + ", step " + step);
        }
    }

    /** A sequence and what a whole sequence ends with: at no step is that there. */
    @Test
    void streamsMergeStepByStepWhatHasSteps() {
        Input x = Input.sequence(2).named("x");
        Node h = Lstm.units(2).returnSequences().named("first").on(x);
        try (Model model = Model.of(x, Lstm.units(3).on(Concatenate.of().on(Add.of().on(h, x), x)));
                ModelStream stream = model.stream(1)) {
            Tensor data = Tensor.of(new float[] {1, 2, -1, 0.5f, 0.25f, 3}, 1, 3, 2);
            float[] result = new float[3];
            for (int step = 0; step < 3; step++) {
                stream.step(MemorySegment.ofArray(new float[] {data.get(0, step, 0), data.get(0, step, 1)}),
                        MemorySegment.ofArray(result));
            }
            Bits.same(result, model.predict(data).toArray(), "the last step");
        }
        refusesStream(x, Add.of().named("sum").on(Lstm.units(2).on(x), h),
                "Add 'sum' reads sequences and values without");
        refusesStream(x, Flatten.of().named("flat").on(h), "Flatten 'flat' lays all steps side by side");
        refusesStream(x, RepeatVector.times(2).named("again").on(Lstm.units(2).on(x)), "RepeatVector 'again'");
        refusesStream(x, Concatenate.axis(1).named("longer").on(h, x),
                "Concatenate 'longer' concatenates along axis 1");
    }

    private static void refusesStream(Input x, Node y, String part) {
        try (Model model = Model.of(x, y)) {
            String said = assertThrows(IllegalArgumentException.class, model::stream).getMessage();
            assertTrue(said.contains(part), said);
        }
    }
}
