package dev.gatun.layers.type.attention;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;

/**
 * A Dense whose kernel is that of several heads: {@code [inputs, heads, width]} where features become heads, and
 * {@code [heads, width, outputs]} where heads become features.
 */
final class Projection extends ConfiguredLayer<Projection> {

    private static final Option<Layer> DENSE = Option.required("dense", OptionKind.LAYER);
    private static final Option<Integer> HEADS = Option.required("heads", OptionKind.WHOLE);
    private static final Option<Boolean> JOINS = Option.of("joins", OptionKind.FLAG, false);

    static final OptionSet OPTIONS = OptionSet.of("Projection", DENSE, HEADS, JOINS);

    Projection(Configuration configuration) {
        super(configuration);
    }

    /** Features to so many heads of a width. */
    static Projection toHeads(String name, HeadedAttention<?> whole, int heads, int width) {
        return new Projection(Configuration.of(OPTIONS).with(DENSE, dense(whole, Math.multiplyExact(heads, width)))
                .with(HEADS, heads)).named(name);
    }

    /** The heads of what is attended to, to so many features. */
    static Projection ofHeads(String name, HeadedAttention<?> whole, int outputs) {
        return new Projection(Configuration.of(OPTIONS).with(DENSE, dense(whole, outputs))
                .with(HEADS, whole.queryHeads()).with(JOINS, true)).named(name);
    }

    private static Layer dense(HeadedAttention<?> whole, int units) {
        return Dense.units(units).useBias(whole.useBias())
                .kernelInitializer(whole.kernelInitializer()).biasInitializer(whole.biasInitializer())
                .kernelRegularizer(whole.kernelRegularizer()).biasRegularizer(whole.biasRegularizer())
                .kernelConstraint(whole.kernelConstraint()).biasConstraint(whole.biasConstraint());
    }

    @Override
    protected Projection of(Configuration configuration) {
        return new Projection(configuration);
    }

    Dense dense() {
        return (Dense) get(DENSE);
    }

    int heads() {
        return get(HEADS);
    }

    /** Whether heads become features. */
    boolean joins() {
        return get(JOINS);
    }
}
