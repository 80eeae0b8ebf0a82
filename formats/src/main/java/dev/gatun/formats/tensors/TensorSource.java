package dev.gatun.formats.tensors;

import dev.gatun.memory.Tensor;
import java.io.IOException;

/** Gives a tensor when its turn to be written has come, so that not all of a file need be in memory at once. */
@FunctionalInterface
public interface TensorSource {

    /**
     * Gives the tensor. Called once for each file that is written.
     *
     * @return a tensor of the shape that was declared; it is not kept after it is written
     * @throws IOException if it cannot be had; the writing ends with this exception
     */
    Tensor tensor() throws IOException;
}
