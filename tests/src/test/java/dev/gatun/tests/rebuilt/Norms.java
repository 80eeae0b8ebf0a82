package dev.gatun.tests.rebuilt;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.layers.AffineNormalization;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.UnitNormalization;
import java.util.Map;
import java.util.function.Function;

/** Normalizations by what is given or by what was seen. */
final class Norms {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "BatchNormalization", Norms::batch,
            "LayerNormalization", options -> affine(LayerNormalization.of(), options).axis(options.wholes("axis"))
                    .rmsScaling(options.flag("rms_scaling")),
            "UnitNormalization", options -> UnitNormalization.of().axis(options.wholes("axis")));

    private Norms() {}

    private static Layer batch(Options options) {
        options.passOver("synchronized", "renorm_clipping", "renorm_momentum");
        assertFalse(options.has("renorm") && options.flag("renorm"));
        return affine(BatchNormalization.of(), options)
                .axis(options.only("axis"))
                .momentum(options.number("momentum"))
                .movingMeanInitializer(options.initializer("moving_mean_initializer"))
                .movingVarianceInitializer(options.initializer("moving_variance_initializer"));
    }

    private static <L extends AffineNormalization<L>> L affine(L layer, Options options) {
        return layer.epsilon(options.number("epsilon"))
                .center(options.flag("center"))
                .scale(options.flag("scale"))
                .betaInitializer(options.initializer("beta_initializer"))
                .betaRegularizer(options.regularizer("beta_regularizer"))
                .betaConstraint(options.constraint("beta_constraint"))
                .gammaInitializer(options.initializer("gamma_initializer"))
                .gammaRegularizer(options.regularizer("gamma_regularizer"))
                .gammaConstraint(options.constraint("gamma_constraint"));
    }
}
