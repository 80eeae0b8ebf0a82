package dev.gatun.formats.onnx.value;

import dev.gatun.formats.onnx.plan.Ref;
import java.util.List;

/**
 * A value of the model and how its axes lie in ONNX. It may be several values of the model side by side, such as the states of
 * both directions: their {@code stack} then is the outermost factor of the model's last axis.
 *
 * @param parts    values of the model, at least one, of one shape
 * @param stack    how many they are; null for one
 * @param axes     in the model, with the stack: the first is the batch alone
 * @param onnx     in ONNX, of the same factors
 * @param isWhole  whether its numbers are whole in the model
 */
public record Tracked(List<Ref> parts, Factor stack, Axes axes, Axes onnx, boolean isWhole) implements Value {

    public Tracked {
        parts = List.copyOf(parts);
    }

    public static Tracked of(Ref value, Axes axes, Axes onnx) {
        return new Tracked(List.of(value), null, axes, onnx, false);
    }

    /** The same value, lying otherwise in ONNX. */
    public Tracked in(Axes other) {
        return new Tracked(parts, stack, axes, other, isWhole);
    }

    /** A factor as what it is made of, which is no other value. */
    public Tracked replaced(Factor factor, List<Factor> by) {
        return new Tracked(parts, factor == stack && by.size() == 1 ? by.getFirst() : stack, axes.replaced(factor, by),
                onnx.replaced(factor, by), isWhole);
    }

    /** The one value of the model, of one that is not stacked. */
    public Ref ref() {
        return parts.getFirst();
    }
}
