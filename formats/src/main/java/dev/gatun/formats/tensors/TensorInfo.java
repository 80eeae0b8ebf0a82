package dev.gatun.formats.tensors;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;

/**
 * What a file says about one tensor.
 *
 * @param name  as written
 * @param dtype as written, such as {@code F32}; may be one that Gatun does not know
 * @param shape fully known
 * @param begin first byte, counted from the end of the header
 * @param end   the byte behind the last, counted from the end of the header
 */
public record TensorInfo(String name, String dtype, Shape shape, long begin, long end) {
    /**
     * Checks that nothing is missing; the offsets are taken as they are.
     *
     * @throws NullPointerException if the name, the dtype or the shape is null
     */
    public TensorInfo {
        Arguments.required(name, "TensorInfo", "name", "a name");
        Arguments.required(dtype, "TensorInfo", "dtype", "a type of safetensors, for example F32");
        Arguments.required(shape, "TensorInfo", "shape", "for example Shape.of(2, 3)");
    }

    /**
     * The size of its numbers in the file.
     *
     * @return bytes
     */
    public long bytes() {
        return end - begin;
    }
}
