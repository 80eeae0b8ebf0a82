package dev.gatun.layers.onnx;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;

/**
 * A value of an ONNX graph that layers pass to each other.
 *
 * @param name      unique in the graph
 * @param type      of its numbers
 * @param shape     as it lies, unknown sizes included
 * @param timeMajor whether its first axis is that of time and the second that of the samples
 */
public record OnnxValue(String name, OnnxType type, Shape shape, boolean timeMajor) {
    /**
     * Refuses what is missing.
     *
     * @throws NullPointerException naming what is missing
     */
    public OnnxValue {
        Arguments.required(name, "OnnxValue", "name", "a name");
        Arguments.required(type, "OnnxValue", "type", "for example OnnxType.FLOAT");
        Arguments.required(shape, "OnnxValue", "shape", "batch first");
    }

    /**
     * A value that lies samples first.
     *
     * @param name  unique in the graph
     * @param type  of its numbers
     * @param shape batch first, unknown sizes included
     */
    public OnnxValue(String name, OnnxType type, Shape shape) {
        this(name, type, shape, false);
    }
}
