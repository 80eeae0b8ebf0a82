package dev.gatun.tests.gradients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Where NaN appears does not depend on padding: a layer of 3 units, padded to 16 in memory, has NaN gradients in the same
 * weights as its equations say. Zero weights of padding units times an infinite input once spread NaN into all of them.
 */
class PaddingTest {

    @Test
    void anInfiniteInputSpoilsTheGradientsTheEquationsSayAndNoOthers() {
        // With x = (inf, 1) every pre-activation is infinite, every gate saturates and its derivative is exactly zero, so that
        // the kernel's first row has 0 * inf = NaN and everything else is finite.
        for (int units : new int[] {3, 16, 19}) {
            try (Model model = Sequential.of(Input.shape(1, 2), Lstm.units(units))) {
                Weight kernel = model.weight("lstm/kernel");
                Tensor ones = kernel.get();
                for (long column = 0; column < 4L * units; column++) {
                    ones.set(1f, 0, column);
                }
                kernel.set(ones);
                Tensor x = Tensor.of(new float[] {Float.POSITIVE_INFINITY, 1f}, 1, 1, 2);
                Execution run = model.network().execution(List.of(x.shape()), ExecutionMode.DIFFERENTIATION);
                run.load(0, x, 0);
                run.forward();
                RowsView gradient = run.outputGradient(0);
                for (int unit = 0; unit < units; unit++) {
                    gradient.segment().set(ValueLayout.JAVA_FLOAT, gradient.at(0) + 4L * unit, 1f);
                }
                model.network().gradients().clear();
                run.backward();
                assertEquals(Set.of("lstm/kernel row 0"), spoiled(model), units + " units");
                Tensor dx = Tensor.zeros(1, 1, 2);
                run.readInputGradient(0, dx);
                assertEquals(0f, dx.get(0, 0, 1), units + " units: gradient of the finite input");
            }
        }
    }

    private static Set<String> spoiled(Model model) {
        Set<String> names = new TreeSet<>();
        for (Weight weight : model.weights()) {
            Tensor gradient = weight.get(model.network().gradients());
            float[] values = gradient.toArray();
            for (int i = 0; i < values.length; i++) {
                if (Float.isNaN(values[i])) {
                    names.add(weight.name() + " row " + i / gradient.columns());
                }
            }
        }
        return names;
    }
}
