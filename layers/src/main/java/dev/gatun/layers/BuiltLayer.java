package dev.gatun.layers;

import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.Site;
import dev.gatun.memory.Shape;
import java.util.List;

/** A layer whose weights are known. Calls of a shared layer share it. */
public interface BuiltLayer {

    /** {@return the weights in Keras's order; empty if there are none} */
    List<WeightSpec> weights();

    /**
     * The shapes that come out of given shapes.
     *
     * @param inputs one shape for each input, batch first; batch and time may be unknown
     * @return one shape for each output, batch first, unknown sizes included
     * @throws dev.gatun.memory.ShapeException if the inputs do not fit the weights
     */
    List<Shape> outputShapes(List<Shape> inputs);

    /**
     * Plans one call at known sizes: asks the site for memory and says where its outputs will be.
     *
     * @param site the inputs, the places of the weights, and the memory of the plan
     * @return what runs the call
     */
    Operation operation(Site site);
}
