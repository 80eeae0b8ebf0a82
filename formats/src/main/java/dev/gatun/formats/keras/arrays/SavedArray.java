package dev.gatun.formats.keras.arrays;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;

/**
 * An array of a file that holds weights.
 *
 * @param name  as the file has it
 * @param place for reports
 * @param shape as the file has it
 * @param numbers reads it
 */
public record SavedArray(String name, String place, Shape shape, Numbers numbers) {

    /** What reads an array. */
    @FunctionalInterface
    public interface Numbers {
        /** @throws FormatException if the file does not hold what it promised */
        Tensor read() throws FormatException;
    }

    /** The same numbers, in another order and shape. */
    SavedArray as(Shape other, String what, Numbers changed) {
        return new SavedArray(name, place + " (" + what + ")", other, changed);
    }

    /** What the weight is called within its layer, without what TensorFlow puts behind it. */
    String role() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return (colon < 0 ? last : last.substring(0, colon)).replaceFirst("_\\d+$", "");
    }
}
