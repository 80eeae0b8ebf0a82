package dev.gatun.formats.onnx.plan;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;

/**
 * Numbers of a weight.
 *
 * @param name    within the layer, for example {@code kernel}
 * @param shape   in Keras's order
 * @param numbers row-major
 * @param origin  where they come from, for the report
 */
public record PlannedWeight(String name, Shape shape, float[] numbers, String origin) {

    Tensor tensor() {
        return Tensor.of(numbers, shape.toArray());
    }

    String line() {
        return name.substring(name.indexOf('/') + 1) + " " + shape + " <- " + origin;
    }
}
