package dev.gatun.layers.type.norms;

import dev.gatun.layers.AffineNormalization;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.UnitNormalization;
import java.util.List;

/**
 * What the layers of this folder have in common, and where they differ.
 *
 * @param kind    Keras's class name
 * @param formula of the normalization
 * @param epsilon added to what a root is taken of
 * @param axes    along which numbers belong together, or the one that is taken in groups
 * @param groups  how many; {@link #NO_GROUPS} for a layer without
 * @param gamma   what numbers are multiplied by; null for nothing
 * @param beta    what is added to them; null for nothing
 */
record NormForm(
        String kind, Formula formula, double epsilon, List<Integer> axes, int groups, Learned gamma, Learned beta) {

    static final int NO_GROUPS = 0;

    /**
     * A weight.
     *
     * @param name        within the layer, as in Keras
     * @param initializer its first values
     * @param regularizer the penalty on its numbers
     * @param constraint  what a step of a training holds it to
     */
    record Learned(String name, Initializer initializer, Regularizer regularizer, Constraint constraint) {}

    static NormForm of(LayerNormalization layer) {
        boolean isRms = layer.rmsScaling();
        return new NormForm(layer.kind(), isRms ? Formula.SCALED : Formula.CENTERED, layer.epsilon(), layer.axes(),
                NO_GROUPS, layer.scale() || isRms ? gamma(layer) : null, layer.center() && !isRms ? beta(layer) : null);
    }

    static NormForm of(GroupNormalization layer) {
        return new NormForm(layer.kind(), Formula.CENTERED, layer.epsilon(), List.of(layer.axis()), layer.groups(),
                layer.scale() ? gamma(layer) : null, layer.center() ? beta(layer) : null);
    }

    static NormForm of(RmsNormalization layer) {
        return new NormForm(layer.kind(), Formula.ROOT_MEAN_SQUARE, layer.epsilon(), layer.axes(), NO_GROUPS,
                new Learned("scale", Initializer.ONES, Regularizer.NONE, Constraint.NONE), null);
    }

    static NormForm of(UnitNormalization layer) {
        return new NormForm(layer.kind(), Formula.LENGTH, 0, layer.axes(), NO_GROUPS, null, null);
    }

    private static Learned gamma(AffineNormalization<?> layer) {
        return new Learned("gamma", layer.gammaInitializer(), layer.gammaRegularizer(), layer.gammaConstraint());
    }

    private static Learned beta(AffineNormalization<?> layer) {
        return new Learned("beta", layer.betaInitializer(), layer.betaRegularizer(), layer.betaConstraint());
    }

    /** In Keras's order. */
    List<Learned> learned() {
        return gamma == null
                ? beta == null ? List.of() : List.of(beta)
                : beta == null ? List.of(gamma) : List.of(gamma, beta);
    }
}
