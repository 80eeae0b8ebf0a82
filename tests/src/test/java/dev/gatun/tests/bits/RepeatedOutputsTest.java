package dev.gatun.tests.bits;

import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Steps that do not count repeat the output of the last one that does: its gradient is the sum of theirs, and before the first
 * there is none. Bits of the sequence of the steps that count.
 */
final class RepeatedOutputsTest {

    private static final int INPUTS = 8;
    private static final int UNITS = 20;
    private static final int[][] STEPS = {
        {0, 1, 0, 1, 1, 0, 0}, {0, 0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 1, 0, 1}, {1, 1, 1, 1, 1, 1, 1},
        {0, 0, 0, 0, 0, 1, 1}};
    private static final int TIME = STEPS[0].length;

    private static Model model(boolean masked) {
        Input x = Input.sequence(INPUTS).named("x");
        Input h = Input.shape(UNITS).named("h");
        Input c = Input.shape(UNITS).named("c");
        Input mask = Input.mask(Shape.UNKNOWN).named("mask");
        var call = Lstm.units(UNITS).returnSequences().returnState().named("lstm")
                .call(new CallArguments<>(List.of(x), List.of(h, c), masked ? mask : null));
        return RandomWeights.into(Model.of(masked ? List.of(x, h, c, mask) : List.of(x, h, c),
                List.of(call.output(0), call.output(1), call.output(2))), 0.4f, 3);
    }

    private final float[] x = EnginePass.uniform(STEPS.length * TIME * INPUTS, 1, 5);
    private final float[] h = EnginePass.uniform(STEPS.length * UNITS, 1, 6);
    private final float[] c = EnginePass.uniform(STEPS.length * UNITS, 1, 7);

    private List<Tensor> inputs() {
        return List.of(Tensor.of(x, STEPS.length, TIME, INPUTS), Tensor.of(h, STEPS.length, UNITS),
                Tensor.of(c, STEPS.length, UNITS), Tensor.ofInts(STEPS));
    }

    @Test
    void gradientsAreThoseOfTheStepsThatCount() {
        try (Model masked = model(true); Model plain = model(false)) {
            List<float[]> cotangents = EnginePass.cotangents(masked, inputs(), 2);
            EnginePass pass = EnginePass.of(masked, inputs(), cotangents);
            for (int row = 0; row < STEPS.length; row++) {
                check(plain, row, cotangents, pass);
            }
        }
    }

    private void check(Model plain, int row, List<float[]> cotangents, EnginePass got) {
        List<Integer> counted = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int step = 0; step < TIME; step++) {
            (STEPS[row][step] == 0 ? others : counted).add(row * TIME + step);
        }
        float[] dx = got.inputs().getFirst();
        Bits.same(gathered(dx, others, INPUTS), new float[others.size() * INPUTS], "where no step counts, row " + row);
        List<float[]> ofStates = List.of(part(cotangents.get(1), row), part(cotangents.get(2), row));
        if (counted.isEmpty()) {
            Bits.same(part(got.inputs().get(1), row), ofStates.getFirst(), "gradient of a kept h");
            Bits.same(part(got.inputs().get(2), row), ofStates.getLast(), "gradient of a kept c");
            return;
        }
        List<Tensor> fewer = List.of(Tensor.of(gathered(x, counted, INPUTS), 1, counted.size(), INPUTS),
                Tensor.of(part(h, row), 1, UNITS), Tensor.of(part(c, row), 1, UNITS));
        EnginePass expected = EnginePass.of(plain, fewer,
                List.of(folded(cotangents.getFirst(), row), ofStates.getFirst(), ofStates.getLast()));
        Bits.same(gathered(dx, counted, INPUTS), expected.inputs().getFirst(), "gradient of x, row " + row);
        Bits.same(part(got.inputs().get(1), row), expected.inputs().get(1), "gradient of h, row " + row);
        Bits.same(part(got.inputs().get(2), row), expected.inputs().get(2), "gradient of c, row " + row);
    }

    /** For each step that counts its cotangent, and those behind it in order. */
    private static float[] folded(float[] cotangents, int row) {
        float[] sums = new float[TIME * UNITS];
        int count = 0;
        for (int step = 0; step < TIME; step++) {
            int from = (row * TIME + step) * UNITS;
            if (STEPS[row][step] != 0) {
                System.arraycopy(cotangents, from, sums, count * UNITS, UNITS);
                count++;
            } else if (count > 0) {
                for (int unit = 0; unit < UNITS; unit++) {
                    sums[(count - 1) * UNITS + unit] += cotangents[from + unit];
                }
            }
        }
        return Arrays.copyOf(sums, count * UNITS);
    }

    private static float[] part(float[] rows, int row) {
        return Arrays.copyOfRange(rows, row * UNITS, (row + 1) * UNITS);
    }

    private static float[] gathered(float[] rows, List<Integer> which, int columns) {
        float[] result = new float[which.size() * columns];
        for (int i = 0; i < which.size(); i++) {
            System.arraycopy(rows, which.get(i) * columns, result, i * columns, columns);
        }
        return result;
    }
}
