package dev.gatun.tests.masks;

import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;

/**
 * An LSTM of one unit whose h is the sum of its inputs so far, exactly: gates that are all open, a candidate that is its input,
 * and no way back. See {@code shared/cases/field_reports.md}.
 */
final class Accumulator {

    private Accumulator() {}

    static Lstm lstm() {
        return Lstm.units(1).activation("linear").recurrentActivation("hard_sigmoid").named("sum");
    }

    /** Gates in the order input, forget, candidate, output. */
    static void setWeights(Model model) {
        model.weight("sum/kernel").set(Tensor.of(new float[] {0, 0, 1, 0}, 1, 4));
        model.weight("sum/recurrent_kernel").set(Tensor.zeros(1, 4));
        model.weight("sum/bias").set(Tensor.of(new float[] {3, 3, 0, 3}, 4));
    }
}
