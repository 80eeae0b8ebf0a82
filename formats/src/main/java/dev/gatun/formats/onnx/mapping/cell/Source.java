package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.Ref;

/**
 * What a product reads.
 *
 * @param ref      a value of the model
 * @param step     which step of it, or {@link #ALL}
 * @param isTurned whether steps are counted from the last one
 */
public record Source(Ref ref, int step, boolean isTurned) {

    /** The value as it is. */
    public static final int ALL = -1;

    /** A value as it is. */
    public static Source of(Ref ref) {
        return new Source(ref, ALL, false);
    }

    Source at(int other) {
        return new Source(ref, other, isTurned);
    }

    Source turned() {
        return new Source(ref, step, !isTurned);
    }
}
