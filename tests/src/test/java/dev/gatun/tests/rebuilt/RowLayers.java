package dev.gatun.tests.rebuilt;

import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Elu;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.SpatialDropout1D;
import java.util.Map;
import java.util.function.Function;

/** Layers of each step by itself: products, functions, noise. */
final class RowLayers {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.ofEntries(
            Map.entry("Dense", RowLayers::dense),
            Map.entry("Activation", options -> Activation.of(options.text("activation"))),
            Map.entry("LeakyReLU", options -> LeakyRelu.slope(options.number("negative_slope"))),
            Map.entry("ELU", options -> Elu.alpha(options.number("alpha"))),
            Map.entry("PReLU", RowLayers::prelu),
            Map.entry("ActivityRegularization",
                    options -> ActivityRegularization.of(options.number("l1"), options.number("l2"))),
            Map.entry("Dropout", options -> Dropout.rate(rate(options))),
            Map.entry("SpatialDropout1D", options -> SpatialDropout1D.rate(rate(options))),
            Map.entry("AlphaDropout", options -> AlphaDropout.rate(rate(options))),
            Map.entry("GaussianDropout", options -> GaussianDropout.rate(rate(options))),
            Map.entry("GaussianNoise", RowLayers::noise));

    private RowLayers() {}

    private static Layer dense(Options options) {
        options.none("quantization_config");
        return Kernels.kernel(Dense.units(options.whole("units")), options).activation(options.text("activation"));
    }

    private static Layer prelu(Options options) {
        PRelu layer = PRelu.of()
                .alphaInitializer(options.initializer("alpha_initializer"))
                .alphaRegularizer(options.regularizer("alpha_regularizer"))
                .alphaConstraint(options.constraint("alpha_constraint"));
        return options.has("shared_axes") ? layer.sharedAxes(options.wholes("shared_axes")) : layer;
    }

    private static Layer noise(Options options) {
        options.passOver("seed");
        return GaussianNoise.stddev(options.number("stddev"));
    }

    private static double rate(Options options) {
        options.passOver("seed");
        options.none("noise_shape");
        return options.number("rate");
    }
}
