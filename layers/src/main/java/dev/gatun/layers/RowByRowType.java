package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;

/**
 * What layers have in common that look at one row at a time: masks pass, and every step stands by itself.
 *
 * @param <L> the class of layers
 */
public abstract class RowByRowType<L extends Layer> extends LayerType<L> {

    /**
     * A type.
     *
     * @param prototype a layer of the class, whatever its options are
     */
    protected RowByRowType(L prototype) {
        super(prototype);
    }

    @Override
    public MaskRule masks(L layer) {
        Arguments.required(layer, "RowByRowType.masks", "layer", "a layer of the class");
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(L layer) {
        Arguments.required(layer, "RowByRowType.stepping", "layer", "a layer of the class");
        return new Stepping.RowByRow();
    }
}
