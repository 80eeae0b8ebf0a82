package dev.gatun.layers.type.steps;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;

/**
 * What layers share that copy steps to other places.
 *
 * @param <L> the class of layers
 */
abstract class StepMapType<L extends Layer> extends LayerType<L> {

    StepMapType(L prototype) {
        super(prototype);
    }

    /** Which steps go where. */
    abstract StepMap map(L layer);

    @Override
    public final BuiltLayer build(L layer, String name, CallArguments<Shape> shapes) {
        InputShapes.sequence(layer.kind(), name, shapes);
        return new BuiltStepMap(layer.kind(), name, map(layer));
    }

    /** Keras drops the mask, for there are other steps behind. */
    @Override
    public final MaskRule masks(L layer) {
        return MaskRule.DROP;
    }
}
