package dev.gatun.layers.type.category;

import dev.gatun.layers.OutputMode;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;

/**
 * What becomes of ids.
 *
 * @param owner whose shape it is, for messages
 * @param mode  what becomes of them
 * @param codes how many numbers a vector has
 * @param alone whether each sequence was declared to be one id, which has then no axis of its own, as in Keras
 */
record EncodedShape(String owner, OutputMode mode, int codes, boolean alone) {

    static EncodedShape of(String owner, OutputMode mode, int codes, Shape declared) {
        boolean alone = mode == OutputMode.ONE_HOT && declared.rank() == 2 && declared.dim(1) == 1;
        return new EncodedShape(owner, mode, codes, alone);
    }

    Shape of(Shape ids) {
        boolean fits = ids.rank() == 2 || ids.rank() == 1 && !mode.isOfSample();
        if (!fits) {
            throw new ShapeException(owner + " takes ids [batch, time]" + (mode.isOfSample() ? "" : " or [batch]")
                    + ", got shape " + ids + "; declare the input as Input.ints("
                    + (mode.isOfSample() ? "time" : "time) or Input.ints(") + ")");
        }
        if (mode == OutputMode.INT) {
            return ids;
        }
        return mode.isOfSample() || ids.rank() == 1 || alone
                ? Shape.of(ids.dim(0), codes)
                : Shape.of(ids.dim(0), ids.dim(1), codes);
    }
}
