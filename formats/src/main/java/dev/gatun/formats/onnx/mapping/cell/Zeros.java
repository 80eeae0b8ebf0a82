package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.Elementwise;

/** Values that meet 0, as where a state is computed with that begins at zeros. */
final class Zeros {

    private Zeros() {}

    /** A value times 0. */
    static boolean isProduct(Ref ref) {
        return isAt(ref, Elementwise.Function.MULTIPLY, 0) || isAt(ref, Elementwise.Function.MULTIPLY, 1);
    }

    /** 0 minus a value. */
    static boolean isMinus(Ref ref) {
        return isAt(ref, Elementwise.Function.SUBTRACT, 0);
    }

    private static boolean isAt(Ref ref, Elementwise.Function function, int place) {
        return Readings.layer(ref) instanceof Elementwise one && one.function() == function
                && one.arguments().size() > place && one.arguments().get(place).orElse(1.0) == 0;
    }
}
