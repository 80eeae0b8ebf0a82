package dev.gatun.layers;

import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.Site;
import dev.gatun.memory.Shape;
import java.util.List;

/** A layer whose weights are known. Calls of a shared layer share it. */
public interface BuiltLayer {

    /** The weights in Keras's order; empty if there are none. */
    List<WeightSpec> weights();

    /**
     * @param inputs shapes, batch first
     * @throws dev.gatun.memory.ShapeException if they do not fit the weights
     */
    List<Shape> outputShapes(List<Shape> inputs);

    /** Plans one call at known sizes: asks the site for memory and says where its outputs will be. */
    Operation operation(Site site);
}
