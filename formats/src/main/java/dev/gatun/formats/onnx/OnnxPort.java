package dev.gatun.formats.onnx;

import dev.gatun.formats.tensors.NumberType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.Optional;

/**
 * Where a value enters or leaves an ONNX graph.
 *
 * @param name       unique among the graph's inputs, or its outputs
 * @param type       of its numbers; empty if the file does not say
 * @param shape      unknown sizes included; empty if the file does not say how many axes there are
 * @param isOptional whether an input may be left out, since the graph brings a default with it; false for outputs
 */
public record OnnxPort(String name, Optional<NumberType> type, Optional<Shape> shape, boolean isOptional) {
    /**
     * Refuses what is missing.
     *
     * @throws NullPointerException naming what is missing
     */
    public OnnxPort {
        Arguments.required(name, "OnnxPort", "name", "a name");
        Arguments.required(type, "OnnxPort", "type", "a type of numbers, or Optional.empty()");
        Arguments.required(shape, "OnnxPort", "shape", "a shape, or Optional.empty()");
    }
}
