package dev.gatun.formats.tensors;

import dev.gatun.memory.Shape;

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

    public long bytes() {
        return end - begin;
    }
}
