package dev.gatun.formats.tensors;

import dev.gatun.memory.Tensor;
import java.io.IOException;

/** Gives a tensor when its turn to be written has come, so that not all of a file need be in memory at once. */
@FunctionalInterface
public interface TensorSource {

    /** @return a tensor of the shape that was declared; it is not kept */
    Tensor tensor() throws IOException;
}
