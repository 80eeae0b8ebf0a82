package dev.gatun.layers;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;

/**
 * A weight a layer needs.
 *
 * @param name        within the layer, as in Keras: {@code kernel}, {@code recurrent_kernel}, {@code bias}
 * @param shape       public shape
 * @param layout      how it lies in the parameter block
 * @param initializer its first values
 * @param role        whether training learns it
 */
public record WeightSpec(String name, Shape shape, WeightLayout layout, Initializer initializer, WeightRole role) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException naming what is missing
     */
    public WeightSpec {
        Arguments.required(name, "WeightSpec", "name", "a name");
        Arguments.required(shape, "WeightSpec", "shape", "for example Shape.of(2, 3)");
        Arguments.required(layout, "WeightSpec", "layout", "how it lies in memory");
        Arguments.required(initializer, "WeightSpec", "initializer", "an initializer, for example Initializer.ZEROS");
        Arguments.required(role, "WeightSpec", "role", "for example WeightRole.TRAINED");
    }

    /**
     * A weight that training learns.
     *
     * @param name        within the layer, as in Keras
     * @param shape       public shape
     * @param layout      how it lies in the parameter block
     * @param initializer its first values
     * @throws NullPointerException naming what is missing
     */
    public WeightSpec(String name, Shape shape, WeightLayout layout, Initializer initializer) {
        this(name, shape, layout, initializer, WeightRole.TRAINED);
    }
}
