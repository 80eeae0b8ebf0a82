package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/**
 * A type whose layers are made of other layers.
 *
 * @param <L> the class of layers
 */
public abstract class CompositeType<L extends Layer> extends LayerType<L> {

    /**
     * A type.
     *
     * @param prototype a layer of the class, whatever its options are
     */
    protected CompositeType(L prototype) {
        super(prototype);
    }

    /** Its parts are built, see {@link #parts}. */
    @Override
    public BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        throw new IllegalStateException(
                layer.kind() + " '" + name + "' is made of other layers, which are built in its place");
    }
}
