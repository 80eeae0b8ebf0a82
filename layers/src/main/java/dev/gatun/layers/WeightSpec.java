package dev.gatun.layers;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Shape;

/**
 * A weight a layer needs.
 *
 * @param name        within the layer, as in Keras: {@code kernel}, {@code recurrent_kernel}, {@code bias}
 * @param shape       public shape
 * @param layout      how it lies in the parameter block
 * @param initializer its first values
 */
public record WeightSpec(String name, Shape shape, WeightLayout layout, Initializer initializer) {}
