package dev.gatun.cli.verify;

import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tensor as a JSON file has it.
 *
 * @param shape  its sizes; -1 where one is none
 * @param values as many as there are
 * @param wrong  what is not sound among the values, as a sentence's end
 */
record JsonTensor(long[] shape, double[] values, Optional<String> wrong) {

    JsonTensor of(long[] newShape) {
        return new JsonTensor(newShape, values, wrong);
    }

    /** What is not sound; empty if all is. */
    Optional<String> problem() {
        if (Arrays.stream(shape).anyMatch(size -> size < 0 || size > Integer.MAX_VALUE)) {
            return Optional.of("its shape is " + Arrays.toString(shape));
        }
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> Math.min(Integer.MAX_VALUE + 1L, a * b));
        return elements == values.length
                ? wrong
                : Optional.of("its shape is " + Arrays.toString(shape) + ", but it has " + values.length + " numbers");
    }

    /** Its numbers, if it is sound. */
    Expected expected() {
        return new Expected(Shape.of(shape), values);
    }
}
