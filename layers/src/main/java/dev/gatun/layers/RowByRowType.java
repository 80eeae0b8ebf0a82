package dev.gatun.layers;

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
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(L layer) {
        return new Stepping.RowByRow();
    }
}
