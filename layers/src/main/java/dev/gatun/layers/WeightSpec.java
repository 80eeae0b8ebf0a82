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
 * @param regularizer the penalty on its numbers
 * @param constraint  what a step of a training holds it to
 * @param isByRows    whether gradients reach only the rows that the layer names, see {@link #byRows}
 */
public record WeightSpec(
        String name, Shape shape, WeightLayout layout, Initializer initializer, WeightRole role,
        Regularizer regularizer, Constraint constraint, boolean isByRows) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException           naming what is missing
     * @throws dev.gatun.memory.ShapeException if regularizer or constraint are not defined for the shape
     */
    public WeightSpec {
        Arguments.required(name, "WeightSpec", "name", "a name");
        Arguments.required(shape, "WeightSpec", "shape", "for example Shape.of(2, 3)");
        Arguments.required(layout, "WeightSpec", "layout", "how it lies in memory");
        Arguments.required(initializer, "WeightSpec", "initializer", "an initializer, for example Initializer.ZEROS");
        Arguments.required(role, "WeightSpec", "role", "for example WeightRole.TRAINED");
        Arguments.required(regularizer, "WeightSpec", "regularizer", "Regularizer.NONE for none");
        Arguments.required(constraint, "WeightSpec", "constraint", "Constraint.NONE for none");
        regularizer.requireFit("weight '" + name + "'", shape);
        constraint.requireFit("weight '" + name + "'", shape);
    }

    /**
     * A weight whose gradients reach all of it.
     *
     * @param name        within the layer, as in Keras
     * @param shape       public shape
     * @param layout      how it lies in the parameter block
     * @param initializer its first values
     * @param role        whether training learns it
     * @param regularizer the penalty on its numbers
     * @param constraint  what a step of a training holds it to
     * @throws NullPointerException           naming what is missing
     * @throws dev.gatun.memory.ShapeException if regularizer or constraint are not defined for the shape
     */
    public WeightSpec(
            String name, Shape shape, WeightLayout layout, Initializer initializer, WeightRole role,
            Regularizer regularizer, Constraint constraint) {
        this(name, shape, layout, initializer, role, regularizer, constraint, false);
    }

    /**
     * A weight without regularizer and constraint.
     *
     * @param name        within the layer, as in Keras
     * @param shape       public shape
     * @param layout      how it lies in the parameter block
     * @param initializer its first values
     * @param role        whether training learns it
     * @throws NullPointerException naming what is missing
     */
    public WeightSpec(String name, Shape shape, WeightLayout layout, Initializer initializer, WeightRole role) {
        this(name, shape, layout, initializer, role, Regularizer.NONE, Constraint.NONE);
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

    /**
     * The same weight with a penalty and a constraint.
     *
     * @param penalty what is added to the loss
     * @param bound   what every step holds it to
     * @return a copy
     * @throws NullPointerException           naming what is missing
     * @throws dev.gatun.memory.ShapeException if they are not defined for the shape
     */
    public WeightSpec held(Regularizer penalty, Constraint bound) {
        return new WeightSpec(name, shape, layout, initializer, role, penalty, bound, isByRows);
    }

    /**
     * The same weight under another name.
     *
     * @param other within the layer
     * @return a copy
     * @throws NullPointerException if it is null
     */
    public WeightSpec named(String other) {
        return new WeightSpec(other, shape, layout, initializer, role, regularizer, constraint, isByRows);
    }

    /**
     * The same weight as one of which a batch reaches a few rows, as an embedding does: the layer's operation adds gradients to
     * those rows only, and names each in {@link dev.gatun.layers.plan.WeightPlaces#rows}. A step then passes over the others, if
     * the optimizer would leave them as they are. The layout is a plain one.
     *
     * @return a copy
     * @throws IllegalArgumentException if the layout is that of gates
     */
    public WeightSpec byRows() {
        if (layout.gates() != 1) {
            throw new IllegalArgumentException("Weight '" + name + "' has the layout of " + layout.gates()
                    + " gates, and rows lie apart in a plain one only; give WeightLayout.plain(rows, columns)");
        }
        return new WeightSpec(name, shape, layout, initializer, role, regularizer, constraint, true);
    }

    /** {@return whether steps may pass over rows without a gradient: no penalty and no bound looks at all of them} */
    public boolean hasRows() {
        return isByRows && role == WeightRole.TRAINED && regularizer.isNone() && constraint.isNone();
    }
}
