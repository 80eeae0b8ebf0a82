package dev.gatun.layers.train;

import dev.gatun.memory.Shape;
import java.util.List;

/**
 * Sizes of a batch.
 *
 * @param masked numbers of the inputs that have masks
 * @param inputs shapes, one for each input, and behind them those of the masks
 * @param isPart whether the sequences are parts of longer ones
 */
record BatchShapes(List<Integer> masked, List<Shape> inputs, boolean isPart) {

    /** Of sequences that are whole. */
    BatchShapes(List<Integer> masked, List<Shape> inputs) {
        this(masked, inputs, false);
    }
}
