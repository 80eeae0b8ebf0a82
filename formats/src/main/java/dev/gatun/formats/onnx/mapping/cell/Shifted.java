package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A reset gate times numbers, which is what the state's half of a GRU's candidate is where the state is zero.
 *
 * @param reset the gate
 * @param bias  the numbers
 */
record Shifted(Gate reset, double... bias) {

    /** What a sum has beside its input; null if it is something else. */
    static Shifted of(Readings readings, Sums sums, Source x) {
        Source other = sums.beside(x);
        Part part = other == null ? null : sums.parts().get(other);
        if (part == null || other.step() != Source.ALL || part.kernel() != null || part.left() != 0) {
            return null;
        }
        double[] bias = new double[sums.width()];
        Gate reset = readings.gate(other.ref());
        if (reset != null) {
            Arrays.fill(bias, part.factor());
            return new Shifted(reset, bias);
        }
        if (other.ref().call().inputs().size() != 1 || part.factor() != 1) {
            return null;
        }
        reset = readings.gate(other.ref().call().inputs().getFirst());
        return reset != null && isFilled(bias, other.ref()) ? new Shifted(reset, bias) : null;
    }

    private static boolean isFilled(double[] bias, Ref ref) {
        Layer layer = Readings.layer(ref);
        if (layer instanceof Elementwise one && one.function() == Elementwise.Function.MULTIPLY) {
            Arrays.fill(bias, one.arguments().stream().flatMap(Optional::stream).findFirst().orElseThrow());
            return true;
        }
        List<PlannedWeight> weights = ref.call().layer().weights();
        if (!(layer instanceof BatchNormalization scale) || scale.epsilon() != 0 || weights.size() != 4
                || weights.getFirst().numbers().length != bias.length) {
            return false;
        }
        for (int i = 0; i < bias.length; i++) {
            bias[i] = weights.getFirst().numbers()[i];
            if (weights.get(1).numbers()[i] != 0 || weights.get(2).numbers()[i] != 0
                    || weights.get(3).numbers()[i] != 1) {
                return false;
            }
        }
        return true;
    }
}
