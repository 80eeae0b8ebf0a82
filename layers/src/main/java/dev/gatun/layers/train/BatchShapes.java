package dev.gatun.layers.train;

import dev.gatun.memory.Shape;
import java.util.List;

/**
 * Sizes of a batch.
 *
 * @param masked numbers of the inputs that have masks
 * @param inputs shapes, one for each input, and behind them those of the masks
 */
record BatchShapes(List<Integer> masked, List<Shape> inputs) {}
