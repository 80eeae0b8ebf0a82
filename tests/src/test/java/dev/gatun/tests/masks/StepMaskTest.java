package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.ThreadBits;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mask that is made of numbers is a mask like any other. It has no place in the battery, which reads what a layer makes: this one
 * only ever goes into a call.
 */
final class StepMaskTest {

    private static final int TIME = 6;
    private static final boolean[][] COUNTS = {{true, true, false, true, false, false},
        {false, true, true, true, true, true},
        {false, false, false, false, false, false}, {true, true, true, true, true, true}};

    private static Model model() {
        Input x = Input.shape(TIME, 3);
        Input numbers = Input.shape(TIME);
        Node mask = StepMask.of().on(numbers);
        Node first = Lstm.units(5).returnSequences().named("lstm")
                .call(new CallArguments<>(List.of(x), List.of(), mask)).output(0);
        Node last = Gru.units(4).named("gru").on(first);
        return Model.of(List.of(x, numbers), List.of(last, first));
    }

    private static Tensor x(int samples) {
        return Tensor.of(Bits.numbers(samples * TIME * 3, 7), samples, TIME, 3);
    }

    /** What is not 0 counts, whatever it is. */
    private static Tensor numbers(int samples) {
        float[] some = {1, -2, 0.5f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
        float[] numbers = new float[samples * TIME];
        for (int place = 0; place < numbers.length; place++) {
            boolean counts = COUNTS[place / TIME % COUNTS.length][place % TIME];
            numbers[place] = counts ? some[place % some.length] : place % 2 == 0 ? 0f : -0f;
        }
        return Tensor.of(numbers, samples, TIME);
    }

    /** Outputs and gradients, beside the same layers over data that are given with the mask. */
    @Test
    void itsBitsAreThoseOfTheMaskThatIsGiven() {
        Input x = Input.shape(TIME, 3);
        Node first = Lstm.units(5).returnSequences().named("lstm").on(x);
        try (Model computed = model();
                Model given = Model.of(List.of(x), List.of(Gru.units(4).named("gru").on(first), first))) {
            for (Weight weight : given.weights()) {
                weight.set(computed.weight(weight.name()).get());
            }
            List<Tensor> inputs = List.of(x(4), numbers(4));
            List<float[]> cotangents = EnginePass.cotangents(computed, inputs, 3);
            EnginePass one = EnginePass.of(computed, inputs, cotangents);
            EnginePass other = EnginePass.of(given, inputs.subList(0, 1), List.of(Mask.of(COUNTS)), cotangents);
            Bits.same(one.outputs(), other.outputs(), "outputs");
            Bits.same(one.inputs().getFirst(), other.inputs().getFirst(), "gradient of x");
            Bits.same(one.inputs().get(1), new float[4 * TIME], "no gradient goes through a mask");
            Bits.same(List.copyOf(one.weights().values()), List.copyOf(other.weights().values()), "weights");
        }
    }

    @Test
    void itsBitsDependOnNeitherThreadsNorBatch() {
        try (Model model = model()) {
            List<Tensor> inputs = List.of(x(17), numbers(17));
            ThreadBits.check(model, inputs, EnginePass.cotangents(model, inputs, 4), "StepMask");
            List<Tensor> all = model.predict(inputs);
            for (int row = 0; row < 17; row++) {
                int place = row;
                List<Tensor> alone = model.predict(inputs.stream().map(tensor -> tensor.slice(place, 1)).toList());
                Bits.same(alone.getFirst().toArray(), all.getFirst().slice(row, 1).toArray(), "row " + row);
            }
        }
    }

    @Test
    void aFileGivesItBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mask.gatun");
        try (Model model = model()) {
            model.save(file);
            try (Model back = Model.load(file)) {
                assertEquals(model.summaryText(), back.summaryText());
                List<Tensor> inputs = List.of(x(3), numbers(3));
                Bits.same(back.predict(inputs).getFirst().toArray(), model.predict(inputs).getFirst().toArray(),
                        "read back");
            }
        }
    }

    @Test
    void itReadsOneNumberForEachStep() {
        Input wide = Input.shape(TIME, 3);
        Node mask = StepMask.of().named("wide").on(wide);
        String shape = assertThrows(ShapeException.class, () -> Model.of(List.of(wide),
                List.of(Lstm.units(2).call(new CallArguments<>(List.of(wide), List.of(), mask)).output(0))))
                .getMessage();
        assertTrue(shape.contains("wide"), shape);
    }
}
