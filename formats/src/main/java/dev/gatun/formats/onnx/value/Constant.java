package dev.gatun.formats.onnx.value;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Numbers that are known, some of which may be repeated along axes whose size is known only when the model runs.
 *
 * @param numbers with size 1 along those axes
 * @param axes    for each axis the factors along which the numbers are repeated; none for an axis of the numbers' own
 */
public record Constant(NumberArray numbers, Axes axes) implements Value {

    public static Constant of(NumberArray numbers) {
        return new Constant(numbers, new Axes(new ArrayList<>(Collections.nCopies(numbers.rank(), List.<Factor>of()))));
    }

    /** Whether nothing is repeated. */
    public boolean isPlain() {
        return axes.flat().isEmpty();
    }

    public int rank() {
        return numbers.rank();
    }

    /** Whether all numbers are the same one. */
    public boolean isAll(double number) {
        for (int i = 0; i < numbers.count(); i++) {
            if (numbers.number(i) != number) {
                return false;
            }
        }
        return true;
    }
}
